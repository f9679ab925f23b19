"""The demonstration: the demo week, its loader, its clock."""

from django.apps import AppConfig


class DemoConfig(AppConfig):
    """Top floor: calls the other apps' own importers and actions; has no tables."""

    name = "festival.demo"
    label = "demo"
