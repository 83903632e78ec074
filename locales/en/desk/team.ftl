# The team's pages: what the desk says after a form.
flash-access-added = Access added.
flash-access-removed = Access removed.
flash-account-disabled = Sign-in turned off. This person is signed out everywhere.
flash-account-enabled = Sign-in turned back on.
flash-password-changed = Password changed. We signed you out on every other device.
