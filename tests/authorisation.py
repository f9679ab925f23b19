"""The decision for every named address: who may open it. `tests/test_authorisation.py` tries them all.

Addresses under /cms/ are for staff unless a line `cms:NAME` says otherwise.
"""

DECISIONS = {
    # Everybody
    "root": "public",
    "home": "public",
    "healthz": "public",
    "readyz": "public",
    "robots": "public",
    "cms-login": "public",
    "wagtail_serve": "public",
    "wagtailcore_authenticate_with_password": "public",
    "wagtailcore_login": "public",
    "wagtaildocs_serve": "public",
    "wagtaildocs_authenticate_with_password": "public",
    # Signing in
    "account_login": "public",
    "account_logout": "public",
    "account_inactive": "public",
    "account_signup": "public",
    "account_email_verification_sent": "public",
    "account_reset_password": "public",
    "account_reset_password_done": "public",
    "account_reset_password_from_key": "public",
    "account_reset_password_from_key_done": "public",
    "account_request_login_code": "public",
    "account_confirm_login_code": "public",
    "mfa_authenticate": "public",
    "mfa_login_webauthn": "public",
    # One's own account
    "account-home": "signed in",
    "account_reauthenticate": "signed in",
    "account_email": "signed in",
    "account_change_password": "signed in",
    "account_set_password": "signed in",
    "mfa_index": "signed in",
    "mfa_reauthenticate": "signed in",
    "mfa_activate_totp": "signed in",
    "mfa_deactivate_totp": "signed in",
    "mfa_view_recovery_codes": "signed in",
    "mfa_generate_recovery_codes": "signed in",
    "mfa_download_recovery_codes": "signed in",
    "mfa_list_webauthn": "signed in",
    "mfa_add_webauthn": "signed in",
    "mfa_reauthenticate_webauthn": "signed in",
    "mfa_remove_webauthn": "signed in",
    "mfa_edit_webauthn": "signed in",
    # Staff
    "styleguide": "staff",
    # Wagtail's own public addresses inside its admin
    "cms:wagtailadmin_login": "public",
    "cms:wagtailadmin_logout": "public",
    "cms:wagtailadmin_password_reset": "public",
    "cms:wagtailadmin_password_reset_done": "public",
    "cms:wagtailadmin_password_reset_confirm": "public",
    "cms:wagtailadmin_password_reset_complete": "public",
    "cms:wagtailadmin_javascript_catalog": "public",
    "cms:wagtailadmin_sprite": "public",
}
