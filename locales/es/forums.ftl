# Encuentros: la página pública, el lugar de cada quien, los correos y lo que dice el escritorio después de un formulario.
forum-when = { $day }, de { $from } a { $to }, { $zone }
forum-when-long = De { $from } a { $to }, { $zone }
forum-seats-left = { $left ->
    [one] Queda 1 lugar de { $seats }
   *[other] Quedan { $left } lugares de { $seats }
}
forum-full = Ya no quedan lugares
forum-full-text = Todavía puede apuntarse. Le ponemos en la lista de espera y le escribimos en cuanto haya lugar para usted.
forum-on = Ya empezó
forum-on-text = Ya no es posible apuntarse. Si está cerca, pase y pregunte en la puerta.
forum-over = Ya terminó
forum-over-text = Gracias a todas las personas que vinieron. Lo que se dijo en las mesas es parte de lo que escuchamos.
forum-about = Cómo será
forum-talk = De qué vamos a hablar
forum-spoken = Se habla:
forum-join = Quiero un lugar
forum-join-button = Apartar mi lugar
forum-wait-button = Ponerme en la lista de espera
forum-name = ¿Cómo le llamamos?
forum-email-hint = Solo lo usamos para escribirle sobre esta reunión.
forum-party = ¿Cuántas personas vienen?
forum-language = ¿Qué idioma prefiere?
forum-needs = ¿Necesita algo de esto?
forum-need-child-care = Cuidado de niños
forum-need-interpreter = Intérprete
forum-need-access = Entrada sin escalones
forum-check = Por favor, revise esto
forum-once-more = Una vez más, por favor
forum-says-otherwise = Este formulario ya se había enviado con otros datos, y ese lugar está apartado. ¿Este es para otra persona? Entonces envíelo otra vez.
forum-name-missing = Díganos cómo le llamamos, por favor.
forum-name-too-long = Use 100 letras como máximo, en una sola línea.
forum-email-wrong = Revise el correo electrónico, por favor. Se escribe así: nombre@example.org.
forum-party-wrong = Elija cuántas personas vienen, por favor.
forum-language-wrong = Elija un idioma, por favor.

seat-title = Su lugar
seat-unknown = No vemos cuál es su lugar
seat-unknown-text = Abra el enlace del correo que le enviamos, por favor.
seat-cancelled = Su lugar quedó libre
seat-cancelled-text = Gracias por avisarnos. Borramos su nombre y su correo electrónico. Si cambia de idea, puede apuntarse otra vez.
seat-past = Esta reunión ya empezó o ya terminó
seat-past-text = Aquí ya no se puede cambiar nada.
seat-kept = { $party ->
    [one] Su lugar está apartado
   *[other] Sus { $party } lugares están apartados
}
seat-kept-text = Le estamos enviando un correo con el lugar, la hora y un enlace a esta página.
seat-waiting = Está en la lista de espera
seat-waiting-text = Por ahora no hay suficientes lugares libres. Le escribimos en cuanto haya lugar para usted. Hasta entonces, por favor no cuente con ello.
seat-what = Qué
seat-when = Cuándo
seat-where = Dónde
seat-party = Cuántos
seat-people = { $party ->
    [one] 1 persona
   *[other] { $party } personas
}
seat-needs = Usted pidió
seat-cancel = ¿No puede venir?
seat-cancel-hint = Entonces otra persona recibe su lugar, y borramos su nombre y su correo electrónico.
seat-cancel-button = Dejar libre mi lugar
seat-cancel-sure = Sí, dejarlo libre

forum-mail-hello = Hola, { $name }:
forum-mail-seated = Le apartamos { $party ->
    [one] un lugar
   *[other] { $party } lugares
} en «{ $title }». Será un gusto recibirle.
forum-mail-seated-subject = Su lugar: { $title }
forum-mail-waiting = Por ahora no quedan lugares en «{ $title }», así que está en la lista de espera. Le escribimos otra vez en cuanto haya lugar para usted. Hasta entonces, por favor no cuente con ello.
forum-mail-waiting-subject = Lista de espera: { $title }
forum-mail-free = Buenas noticias: hay lugar para usted en «{ $title }». Ahora le apartamos { $party ->
    [one] un lugar
   *[other] { $party } lugares
}.
forum-mail-free-subject = Hay lugar para usted: { $title }
forum-mail-cancel = ¿No puede venir? Avísenos aquí, por favor, para que otra persona reciba su lugar:

flash-forum-added = El encuentro quedó agregado. Su página pública ya recibe a quienes se apuntan.
flash-forum-changed = El encuentro quedó cambiado.
flash-table-added = La mesa ya está.
flash-table-changed = El número de personas quedó cambiado.
flash-note-saved = La nota quedó guardada.
flash-note-corrected = La nota quedó corregida.
flash-note-withdrawn = La nota quedó retirada y ya no cuenta. Puede devolverla más abajo.
flash-note-restored = La nota volvió y cuenta.
flash-note-speaks-for-too-many = La nota habla por más personas de las que hay ahora en la mesa. Cambie primero ese número.
