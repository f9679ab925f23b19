"""Sentences of packages that our French catalogue says in its own way.

Theirs mix "e-mail", "mail" and "courriel" beside fields that say "courriel", and write "Nouvel(le)" and "créé(e)" for
nouns whose gender they cannot know. A catalogue of ours goes before theirs; this list brings the sentences into it.
"""

from django.utils.translation import gettext_noop

SENTENCES = frozenset(
    {
        gettext_noop("The email address and/or password you specified are not correct."),
        gettext_noop("Email Verification"),
        gettext_noop("Enter Email Verification Code"),
        gettext_noop("Use a different email address"),
        gettext_noop("Enter Sign-In Code"),
        gettext_noop("Confirmation email sent to %(email)s."),
        gettext_noop("Successfully signed in as %(name)s."),
        gettext_noop("You have signed out."),
        gettext_noop("Password successfully changed."),
        gettext_noop("Password successfully set."),
        gettext_noop("Your primary email address must be verified."),
        gettext_noop("You cannot activate two-factor authentication until you have verified your email address."),
        gettext_noop("You will receive a special code for a password-free sign-in."),
        gettext_noop(
            "Forgotten your password? Enter your email address below, and "
            "we'll send you an email allowing you to reset it."
        ),
        gettext_noop(
            "We have sent you an email. If you have not received it please check your spam folder. "
            "Otherwise contact us if you do not receive it in a few minutes."
        ),
        gettext_noop("Are you sure?"),
        gettext_noop("You are about to deactivate authenticator app based authentication. Are you sure?"),
        gettext_noop("Skip to main content"),
        gettext_noop("Add %(model_name)s"),
        gettext_noop("New: %(model_name)s"),
        gettext_noop("Create a new %(model_name)s"),
        gettext_noop("The %(model_name)s could not be created due to errors."),
        gettext_noop("The %(model_name)s could not be saved due to errors."),
        gettext_noop("%(model_name)s '%(object)s' created."),
        gettext_noop("%(model_name)s '%(object)s' created and published."),
        gettext_noop("%(model_name)s '%(object)s' created and scheduled for publishing."),
        gettext_noop("No %(model_name)s match your query."),
        gettext_noop("There are no %(model_name)s to display."),
        gettext_noop('There are no %(model_name)s to display. Why not <a href="%(add_url)s">add one</a>?'),
        gettext_noop("Current page status:"),
    }
)
