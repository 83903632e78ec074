# Reuniones: la página pública, el lugar de cada persona y los correos.
forum-when = { $day }, de { $from } a { $to }, { $zone }
forum-when-long = De { $from } a { $to }, { $zone }
forum-seats-left = { $left ->
    [one] Queda 1 lugar de { $seats }
   *[other] Quedan { $left } lugares de { $seats }
}
forum-full = Ya no hay lugares
forum-full-text = Todavía puede inscribirse. Quedará en la lista de espera y le avisaremos en cuanto haya lugar para usted.
forum-started = Ya empezó
forum-started-text = Ya no es posible inscribirse. Si está cerca, pase y pregunte en la entrada.
forum-over = Ya terminó
forum-over-text = Gracias a todas las personas que vinieron. Lo que se dijo en las mesas es parte de lo que escuchamos.
forum-about = Cómo será la reunión
forum-topics = De qué vamos a platicar
forum-languages = Idiomas:
forum-join = Aparte su lugar
forum-join-button = Apartar mi lugar
forum-wait-button = Ponerme en la lista de espera
forum-name = ¿Cómo se llama?
forum-email-hint = Solo lo usamos para escribirle sobre esta reunión.
forum-party = ¿Cuántas personas van a venir?
forum-language = ¿Qué idioma prefiere?
forum-needs = ¿Necesita algo de esto?
forum-need-child-care = Cuidado de niños
forum-need-interpreter = Intérprete
forum-need-access = Entrada sin escalones
forum-check = Revise esto, por favor
forum-submit-again = Envíe el formulario otra vez
forum-canceled-before = Usted canceló esta inscripción. Si quiere inscribirse de nuevo, envíe el formulario otra vez.
forum-different-answers = Este formulario ya se envió con otros datos, y ese lugar está apartado. ¿Este es para otra persona? Entonces envíelo otra vez.
forum-name-missing = Escriba su nombre.
forum-name-too-long = Use 100 caracteres como máximo, en una sola línea.
forum-email-wrong = Revise el correo electrónico. Se escribe así: nombre@example.org.
forum-party-wrong = Elija cuántas personas van a venir.
forum-language-wrong = Elija un idioma.

seat-title = Su lugar
seat-unknown = No sabemos cuál es su lugar
seat-unknown-text = Abra el enlace que le enviamos por correo electrónico.
seat-canceled = Su inscripción está cancelada
seat-canceled-text = Gracias por avisarnos. Borramos su nombre y su correo electrónico. Si cambia de idea, puede inscribirse otra vez.
seat-past = Esta reunión ya empezó o ya terminó
seat-past-text = Aquí ya no se puede cambiar nada.
seat-saved = { $party ->
    [one] Su lugar está apartado
   *[other] Sus { $party } lugares están apartados
}
seat-saved-text = En el correo que le enviamos están el lugar, la hora y un enlace a esta página.
seat-waiting = Está en la lista de espera
seat-waiting-text = Por ahora no hay suficientes lugares. Le avisaremos en cuanto haya lugar para usted. Hasta entonces, no cuente con un lugar.
seat-what = Reunión
seat-when = Cuándo
seat-where = Dónde
seat-party = Cuántas personas
seat-people = { $party ->
    [one] 1 persona
   *[other] { $party } personas
}
seat-needs = Usted pidió
seat-cancel = ¿No puede venir?
seat-cancel-hint = Le daremos su lugar a otra persona y borraremos su nombre y su correo electrónico.
seat-cancel-button = Cancelar mi lugar
seat-cancel-sure = Sí, cancelarlo
seat-leave = ¿Ya no quiere esperar?
seat-leave-hint = Saldrá de la lista de espera, y borraremos su nombre y su correo electrónico.
seat-leave-button = Salir de la lista de espera
seat-leave-sure = Sí, salir

forum-mail-hello = Hola, { $name }:
forum-mail-seated = Le apartamos { $party ->
    [one] un lugar
   *[other] { $party } lugares
} en “{ $title }”. ¡Le esperamos!
forum-mail-seated-subject = Su lugar: { $title }
forum-mail-waiting = Por ahora no quedan lugares en “{ $title }”, así que está en la lista de espera. Le escribiremos en cuanto haya lugar para usted. Hasta entonces, no cuente con un lugar.
forum-mail-waiting-subject = Lista de espera: { $title }
forum-mail-free = Buenas noticias: ya hay lugar para usted en “{ $title }”. Le apartamos { $party ->
    [one] un lugar
   *[other] { $party } lugares
}.
forum-mail-free-subject = Hay lugar para usted: { $title }
forum-mail-cancel = ¿No puede venir? Avísenos aquí, para darle su lugar a otra persona:
forum-mail-leave = ¿Ya no quiere esperar? Aquí puede salir de la lista de espera:
