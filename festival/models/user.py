"""Accounts: an e-mail address instead of a user name."""

from collections.abc import Iterator
from typing import Any, ClassVar

from django.conf import settings
from django.contrib.auth.models import AbstractUser, BaseUserManager
from django.db import models
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext_lazy as _


class UserManager(BaseUserManager["User"]):
    """Creates accounts by address."""

    def create_user(self, email: str, password: str | None = None, **fields: Any) -> "User":
        """Create an account; `email` is stored in lower case."""
        user = self.model(email=email.lower(), **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user

    def create_superuser(self, email: str, password: str | None = None, **fields: Any) -> "User":
        """Create an account that may do everything."""
        return self.create_user(email, password, is_staff=True, is_superuser=True, **fields)

    def get_by_natural_key(self, username: str | None) -> "User":
        """Find an account by address, whatever its case."""
        return self.get(email__iexact=username)


class User(AbstractUser):
    """A person who signs in: editor, juror, chair, door team."""

    username = None  # type: ignore[assignment]
    email = models.EmailField(_("e-mail address"), unique=True)
    session_epoch = models.PositiveIntegerField(
        default=0, editable=False, help_text=_("Grows when all sessions must end but the one that asked for it.")
    )

    objects: ClassVar[UserManager] = UserManager()  # type: ignore[assignment]

    USERNAME_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = []

    def __str__(self) -> str:
        return self.get_full_name() or self.email

    def clean(self) -> None:
        """Store the address in lower case, as `create_user` does: it is looked up whatever its case."""
        super().clean()
        self.email = self.email.lower()

    def get_session_auth_hash(self) -> str:
        """Return what a session must hold to be believed: it changes with the password and with `session_epoch`."""
        return self._hash_of_session(None)

    def get_session_auth_fallback_hash(self) -> Iterator[str]:
        """Yield the same under each of the older secrets (`SECRET_KEY_FALLBACKS`)."""
        for secret in settings.SECRET_KEY_FALLBACKS:
            yield self._hash_of_session(secret)

    def _hash_of_session(self, secret: str | bytes | None) -> str:
        seen = f"{self.password}:{self.session_epoch}"
        return salted_hmac("festival.models.user.session", seen, secret=secret, algorithm="sha256").hexdigest()
