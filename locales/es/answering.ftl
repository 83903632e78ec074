# Responder, y lo que abre un comprobante.
about-title = Quién pregunta y quién lo lee
about-asks = Pregunta { $district }.
about-minutes = Toma más o menos { $minutes ->
    [one] un minuto
   *[other] { $minutes } minutos
}.
about-purpose = Lo que dicen muchas personas llega al plan para nuestras escuelas. En este sitio puede ver lo que se escuchó y qué resultó de ello.
about-readers = En el distrito leemos cada respuesta. El público ve totales, y palabras solo después de revisar que no revelen a nadie.
about-records = Se aplica la ley de registros públicos: cualquier persona puede pedir al distrito lo que se escribió. Por favor, no ponga nombres.
about-not-live = Nadie lee sus respuestas mientras las escribe.
about-support = Si necesita ayuda ahora, hable con una persona adulta de su confianza, o llame o mande un mensaje al 988 a cualquier hora.

question-count = { $number } de { $total }
question-needed = esta la necesitamos
hint-short = Hasta { $shown } letras.
hint-length = Hasta { $shown } letras. También puede usar el micrófono de su teclado.
hint-up-to = { $most ->
    [one] Elija una opción.
   *[other] Elija hasta { $most }.
}
hint-all-that-fit = Elija todas las que correspondan.
hint-places = { $most ->
    [one] Ponga 1 a lo que va primero.
   *[other] Ponga 1 a lo que va primero, luego 2, hasta { $most }. Puede dejar algunas sin número.
}
hint-points = Reparta { $shown } puntos: más a lo que más le importa. En total deben sumar { $shown }.
other-words = Dígalo con sus palabras
answer-yes = Sí
answer-no = No
answer-agree = Estoy de acuerdo
level-elementary = Primaria
level-middle = Intermedia
level-high = Preparatoria
step-next = Siguiente
step-back = Atrás
rank-tap = Elija lo que va primero, luego lo que sigue, hasta { $most }. Elíjalo otra vez para quitarlo.
rank-full = Todos los lugares están ocupados. Elija uno de ellos otra vez para liberarlo.
points-left = Faltan por repartir: { $points }
points-over = Sobran: { $points }
points-shared = Ya repartió todos los puntos.
only-if = Solo si
if-and = y
if-or = o
if-in-question = la pregunta { $number }
if-in-row = la pregunta { $number }, «{ $row }»
if-chose = eligió «{ $choice }» en { $where }
if-not-chose = no eligió «{ $choice }» en { $where }
if-answered = contestó { $where }
if-not-answered = no contestó { $where }
if-at-least = su respuesta a { $where } fue { $least } o más
if-not-at-least = su respuesta a { $where } no fue { $least } o más
leave-empty = Deje esto vacío
may-skip-any = Puede saltarse cualquier pregunta.
may-skip-others = Puede saltarse toda pregunta que no diga «esta la necesitamos».
leave-out-names = La ley de registros públicos se aplica a lo que escriba; por favor, no ponga nombres.
send-answer = Enviar mi respuesta
send-correction = Enviar mi respuesta corregida

faults-title = { $count ->
    [one] Falta revisar una cosa
   *[other] Falta revisar { $count } cosas
}
all-is-here = Todo lo que escribió sigue aquí.
fault-choose = Por favor, elija una opción.
fault-choose-in-each = { $given ->
    [0] Por favor, elija una opción en cada fila.
    [one] Por favor, elija una opción en cada fila. Falta una fila.
   *[other] Por favor, elija una opción en cada fila. Faltan { $shown } filas.
}
fault-agree = Por favor, marque esta casilla si está de acuerdo. Sin ella no podemos recibir su respuesta.
fault-other-besides = Eligió una opción de la lista y además escribió otra cosa. Por favor, deje una de las dos.
fault-no-number = Por favor, escriba un número entero del { $from } al { $most }.
fault-no-day = Por favor, elija un día o escríbalo así: 2026-10-05.
fault-same-place = Hay dos con el lugar { $shown }. Por favor, use cada lugar una sola vez.
fault-not-shared = Sus puntos suman { $shown }. Por favor, reparta { $most }.
fault-write = Por favor, escriba unas palabras.
fault-only-one = Por favor, elija solo una opción.
fault-too-many = Eligió { $shown }. Por favor, deje { $most } como máximo.
fault-too-long = Hay { $shown } letras. Por favor, deje { $most } como máximo.
fault-not-offered = Esta opción ya no está en nuestra lista. Por favor, elija una que sí esté.
fault-out-of-scale = Por favor, elija un número del { $from } al { $most }.
fault-unknown = El formulario traía un campo que no pedimos: «{ $name }». Lo dejamos fuera. Por favor, revise y envíelo otra vez.
fault-unknown-revision = Las preguntas cambiaron desde que las abrió. Por favor, revise y envíelo otra vez.
fault-empty = Todavía no hay nada contestado. Por favor, conteste al menos una pregunta.
answer-busy = Muchas personas están respondiendo en este momento y todavía no pudimos guardar su respuesta. Todo lo que escribió sigue aquí. Espere un momento y envíela otra vez.
answer-correcting = Esto es lo que envió. Cambie lo que quiera y envíelo otra vez. Ocupa el lugar de lo que envió antes, y a usted se le cuenta una sola vez.
answer-preview = Así se verá la encuesta. Desde aquí no se puede enviar nada.
answer-slow = Llegaron muchas respuestas desde aquí en poco tiempo y todavía no guardamos la suya. Todo lo que escribió sigue aquí. Espere un minuto y envíela otra vez.

kept-on-phone = Guardado en este teléfono.
kept-in-tab = Guardado en esta pestaña hasta que se cierre.
kept-clear = Borrarlo
kept-cleared = Borrado. Lo que ve no está guardado.
kept-found = Usted empezó aquí una respuesta el { $day }.
kept-go-on = Seguir con ella
kept-anew = Empezar de nuevo
queue-held = Ahora mismo no hay red. Su respuesta está a salvo en este teléfono y se envía sola en cuanto haya red. Puede cerrar esta página. Si la cierra, ábrala otra vez más tarde.
queue-waiting = En espera de enviarse: { $count }
queue-sent = Lo que esperaba aquí ya se envió.
queue-receipt = El comprobante de lo enviado:
queue-refused = Una respuesta de este teléfono todavía no se pudo guardar y necesita otra mirada.
queue-look = Mirarla
queue-remove = Borrarla de este teléfono

kiosk-pause = ¿Sigue ahí? Toque la página para continuar. Si no, empieza de nuevo en unos segundos y lo escrito se borra.
kiosk-soon = Esta página deja lugar a la siguiente persona en un minuto.
kiosk-next = Puede responder la siguiente persona

paper-print = Imprima esta página con su navegador, en A4 o carta, en blanco y negro. Se pueden usar las dos caras del papel.
paper-how = Use una pluma, por favor. Ponga una cruz en el cuadro junto a su respuesta, o escriba en las líneas. Los números pequeños son para la oficina.
paper-once = Responda una sola vez, por favor: en este papel o en { $address }.
paper-hand-in-title = A dónde va este papel
paper-hand-in = Entréguelo en la oficina de una escuela, por favor. Allí alguien lo copia tal como usted lo escribió, y cuenta como cualquier otra respuesta.
paper-rank = Escriba un número en cada cuadro que use.
paper-total = En total: { $total }
paper-year = año
paper-month = mes
paper-day = día
paper-thanks = Gracias.
paper-foot = Código de este papel


thanks-title = Gracias. Ya tenemos su respuesta.
thanks-counted = Está guardada y cuenta desde ahora.
thanks-suspected = Está guardada. Alguien del distrito la revisa antes de contarla.
thanks-late = Está guardada. El distrito decide si la cuenta, porque llegó después del cierre de la encuesta.
thanks-set-aside = Está guardada. El distrito no la cuenta.
thanks-withdrawn = Usted retiró esta respuesta. No cuenta.
thanks-replaced = Una respuesta más nueva ocupa su lugar.
thanks-next = Qué sigue ahora
your-receipt = Su comprobante
keep-receipt = Guarde este código. Con él puede ver su respuesta o retirarla. Nosotros no podemos buscarlo por usted.
keep-receipt-arrival = Guarde este código. Con él puede comprobar que tenemos su respuesta, o retirarla. No muestra nada de lo que escribió.
see-received = Ver lo que recibimos
someone-else = Otra persona quiere responder
thanks-heard = Vea lo que hemos escuchado hasta ahora

conflict-title = ¿Es una respuesta nueva?
conflict-text = Este teléfono ya envió una respuesta. Lo que acaba de escribir es distinto, y no se pierde nada.
conflict-same = Soy la misma persona
conflict-same-text = La respuesta nueva ocupa el lugar de la primera. A usted se le cuenta una vez.
conflict-replace = Cambiar mi primera respuesta
conflict-other = Soy otra persona
conflict-other-text = Se guardan las dos respuestas. Se cuenta a cada persona.
conflict-another = Otra persona está respondiendo

closed-title = Esta encuesta ya cerró
closed-on = Cerró el { $day }.
closed-text = Gracias por venir. En «Lo que escuchamos» puede ver lo que dijo la gente.
closed-typed = Cerró antes de que nos llegara su respuesta y no la pudimos guardar. Aquí está lo que escribió, para que pueda copiarlo.

receipt-title = Vea lo que recibimos de usted
receipt-text = Escriba el código que apareció al final de la encuesta. Abre su respuesta y la de nadie más.
receipt-code = Su código
receipt-hint = 16 letras y números. Los espacios y los guiones no importan.
receipt-show = Mostrar mi respuesta
receipt-lost = ¿Perdió el código? Entonces nadie puede abrir esa respuesta ni saber que era suya.
receipt-unknown = No tenemos ninguna respuesta con este código. Por favor, revise cada letra y cada número.
receipt-slow = Varios códigos no coincidieron. Espere unos segundos e inténtelo otra vez.

received-arrival = Este código dice que su respuesta llegó. No muestra nada de lo que escribió.
received-title = Lo que recibimos
received-on = La recibimos el { $day }.
received-counted = Ya se cuenta.
received-suspected = Está guardada. Alguien del distrito la revisa antes de contarla.
received-late = Llegó después del cierre de la encuesta. El distrito decide si se cuenta.
received-set-aside = Está guardada. El distrito no la cuenta.
received-withdrawn = Usted retiró esta respuesta. No está en ninguna cuenta y nadie la lee en estas páginas.
received-replaced = Una respuesta más nueva ocupa su lugar.
place-in-order = Lugar { $place }
point-of = { $point } de { $most }
correct-heading = Cambiar su respuesta
correct-text = Puede cambiar lo que dijo hasta que cierre la encuesta.
correct-button = Cambiar mi respuesta
went-title = Hasta dónde llegaron sus palabras
went-not-yet = Todavía no se ha publicado nada. Cuando el distrito publique lo que escuchó, aquí podrá ver en qué temas se contaron sus palabras y qué resultó de ello.
went-after = Lo publicado hasta ahora se contó antes de que llegaran sus palabras. Vuelva a mirar después de la próxima vez.
went-there = Esto viene de lo que el distrito publicó. Solo quien tiene su código puede verlo.
went-no-theme = Ningún tema cuenta todavía estas palabras. De todos modos se leyeron.
withdraw-heading = Retirar la respuesta
withdraw-text = Si retira su respuesta, sale de todas las cuentas y sus palabras salen de estas páginas. Esto no se puede deshacer.
withdraw-button = Retirar mi respuesta
withdraw-title = ¿Retirar su respuesta?
withdraw-sure = Sí, retirarla
withdraw-keep = No, dejarla
flash-withdrawn = Su respuesta quedó retirada. Ya no está en ninguna cuenta.
flash-withdraw-too-late = La encuesta ya cerró y la respuesta se queda como está.
flash-receipt-unknown = No tenemos ninguna respuesta con este código. Revise cada letra y cada número.
flash-correct-too-late = Esta respuesta ya no se puede cambiar.

follow-title = Díganme qué resultó
follow-lead = ¿Quiere saber qué resultó? Deje un correo electrónico.
follow-email = Su correo electrónico
follow-apart = El correo se guarda aparte de su respuesta, y con él nadie puede saber cuál respuesta es suya. Solo le escribimos sobre lo que resultó, después de que usted lo confirme.
follow-send = Díganme
follow-wrong = Por favor, escriba un correo completo, como ana@example.org.
follow-kept = Anotamos este correo. Antes de enviar cualquier otra cosa, preguntamos ahí si es correcto.
follow-confirm-text = ¿Es correcto este correo? Entonces escribimos cuando haya algo que contar.
follow-confirm = Sí, escríbanme
follow-confirmed = Este correo está confirmado. Escribimos cuando haya algo que contar.
follow-erase = Borrar este correo
follow-none = Desde este teléfono no se guarda ningún correo.
flash-follow-erased = El correo está borrado.
