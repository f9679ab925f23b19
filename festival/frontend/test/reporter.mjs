// Says what failed and where, then one closing line.
import { inspect } from "node:util";

/** @param {AsyncIterable<{type: string, data: any}>} events */
export default async function* report(events) {
  const started = performance.now();
  let passed = 0;
  let failed = 0;
  for await (const { type, data } of events) {
    if (type === "test:stderr" || type === "test:stdout") yield data.message;
    // The runner tells each file as a test of its own, too.
    if (data?.details?.type === "suite" || data?.name?.endsWith(".mjs")) {
      if (type !== "test:fail" || data.details.error.failureType === "subtestsFailed") continue;
    }
    if (type === "test:pass" && data.skip === undefined) passed += 1;
    if (type !== "test:fail") continue;
    failed += 1;
    const { error } = data.details;
    yield `FAILED ${data.name}\n${inspect(error.cause ?? error)}\n\n`;
  }
  const seconds = ((performance.now() - started) / 1000).toFixed(1);
  yield failed ? `TypeScript: ${failed} failed, ${passed} passed in ${seconds} s.\n` : `TypeScript: ${passed} tests passed in ${seconds} s.\n`;
}
