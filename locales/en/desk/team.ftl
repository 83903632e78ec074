# The team's pages: what the desk says after a form.
flash-grant-given = The grant is given.
flash-grant-taken = The grant is taken away.
flash-account-disabled = Signing in is turned off. Whoever was signed in is signed out.
flash-account-enabled = Signing in is turned on again.
flash-password-changed = Your password is changed. Every other device is signed out.
