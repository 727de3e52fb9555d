"""Who a person is to the services now; the rule stands beside the tables, for followers too."""

from app.models.actors import actor_of, grant_in_force

__all__ = ["actor_of", "grant_in_force"]
