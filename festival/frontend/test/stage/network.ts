// A server made of answers that a test has prepared; nothing leaves the machine.
export interface Asked {
  url: string;
  method: string;
  headers: Record<string, string>;
  body: unknown;
}

interface Reply {
  status: number;
  body: string;
  type: string;
  redirected: boolean;
}

/** In a prepared answer: the id of what was asked, which our server sends back. */
export const SAME = "the same id";

/** An answer that is on its way until the test lets it arrive. */
export interface Waiting {
  arrive(): void;
}

type Prepared = (options: RequestInit) => Promise<Response>;

export class Network {
  readonly asked: Asked[] = [];
  /** Requests that no test had prepared an answer for: each is a fault. */
  readonly unexpected: string[] = [];
  private readonly prepared: Prepared[] = [];

  /** The next request is answered at once; anything but a string is sent as JSON. */
  answers(body: unknown, { status = 200, redirected = false, type = typeOf(body) } = {}): void {
    this.prepared.push((options) => Promise.resolve(response({ status, redirected, type, body: text(body, options) })));
  }

  /** The next request is answered when the test says so, unless whoever asked gives up before. */
  answersLater(body: unknown, status = 200): Waiting {
    let arrive = (): void => undefined;
    const arrived = new Promise<void>((resolve) => (arrive = resolve));
    this.prepared.push((options) => {
      const { signal } = options;
      const givenUp = new Promise<never>((_, reject) => signal?.addEventListener("abort", () => reject(signal.reason as Error)));
      return Promise.race([arrived.then(() => response({ status, redirected: false, type: typeOf(body), body: text(body, options) })), givenUp]);
    });
    return { arrive: () => arrive() };
  }

  /** The next request meets no network. */
  fails(): void {
    this.prepared.push(() => Promise.reject(new TypeError("Failed to fetch")));
  }

  fetch = (url: string, options: RequestInit = {}): Promise<Response> => {
    this.asked.push({ url, method: options.method ?? "GET", headers: { ...(options.headers as Record<string, string>) }, body: options.body });
    const next = this.prepared.shift();
    if (next) return next(options);
    this.unexpected.push(url);
    return Promise.reject(new Error(`nobody expected a request for ${url}`));
  };
}

function text(body: unknown, options: RequestInit): string {
  const asked = typeof options.body === "string" && options.body.startsWith("{") ? (JSON.parse(options.body) as { id?: string }) : {};
  return typeof body === "string" ? body : JSON.stringify(body).replace(SAME, asked.id ?? "");
}

function typeOf(body: unknown): string {
  return typeof body === "string" ? "text/html; charset=utf-8" : "application/json";
}

function response({ status, redirected, type, body }: Reply): Response {
  const made = new Response(body, { status, headers: { "Content-Type": type } });
  return Object.defineProperty(made, "redirected", { value: redirected });
}
