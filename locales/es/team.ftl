# Las páginas del equipo: lo que dice el escritorio después de un formulario.
flash-grant-given = El permiso quedó dado.
flash-grant-taken = El permiso quedó retirado.
flash-account-disabled = La entrada quedó desactivada. Quien estaba dentro ya salió.
flash-account-enabled = La entrada quedó activada otra vez.
flash-password-changed = Su contraseña quedó cambiada. En los demás dispositivos se cerró la sesión.
