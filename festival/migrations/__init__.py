"""How the first migrations of the apps make their tables."""

from django.db.migrations import AddConstraint, AddField, AddIndex, CreateModel, Migration

MAKING = (CreateModel, AddField, AddIndex, AddConstraint)


class AllAtOnce(Migration):
    """A migration that makes tables from nothing, and in which Django builds the models once.

    After each step Django builds all models anew that hang together with the one of the step: with forty steps and two
    hundred models that is most of what `migrate` costs. Here the tables are made when all steps are known, each with
    the fields, indexes and constraints that later steps add to it.
    """

    def apply(self, project_state, schema_editor, collect_sql=False):
        """Make the tables; see `Migration.apply`.

        Raises:
            TypeError: A step does something else than to make a table.
        """
        made = {step.name_lower for step in self.operations if isinstance(step, CreateModel)}
        for step in self.operations:
            table = step.name_lower if isinstance(step, CreateModel) else getattr(step, "model_name_lower", "")
            if not isinstance(step, MAKING) or table not in made:
                raise TypeError(f"{self}: {step.describe()} is more than a table made")
        project_state.__dict__.pop("apps", None)  # while it is not there, no step builds models
        for step in self.operations:
            step.state_forwards(self.app_label, project_state)
        for step in self.operations:
            if isinstance(step, CreateModel):
                step.database_forwards(self.app_label, schema_editor, project_state, project_state)
        return project_state
