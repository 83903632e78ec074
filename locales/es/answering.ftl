# Contestar una encuesta, y lo que muestra un comprobante.
about-title = Quién hace esta encuesta y quién lee las respuestas
about-asks = Esta encuesta es de { $district }.
about-minutes = Le tomará { $minutes ->
    [one] más o menos un minuto
   *[other] unos { $minutes } minutos
}.
about-purpose = Lo que diga la comunidad ayuda a escribir el plan para nuestras escuelas. En este sitio puede ver lo que se escuchó y en qué resultó.
about-readers = El personal del distrito lee todas las respuestas. El público ve los totales, y los comentarios solo después de que el personal revisa que no identifiquen a nadie.
about-records = Por la ley de registros públicos, cualquier persona puede pedirle al distrito lo que se escribió. Por eso, no escriba nombres.
about-not-live = Nadie ve sus respuestas mientras las escribe.
about-support = Si necesita ayuda ahora mismo, hable con un adulto de confianza, o llame o mande un mensaje de texto al 988 a cualquier hora.

question-count = { $number } de { $total }
question-required = Respuesta obligatoria
hint-short = Hasta { $shown } caracteres.
hint-length = Hasta { $shown } caracteres. También puede dictar con el micrófono de su teclado.
hint-up-to = { $most ->
    [one] Elija una opción.
   *[other] Elija hasta { $most } opciones.
}
hint-all-that-apply = Elija todas las que correspondan.
hint-ranks = { $most ->
    [one] Escriba 1 junto a su primera opción.
   *[other] Escriba 1 junto a su primera opción, 2 junto a la segunda, y así hasta { $most }. Puede dejar opciones sin número.
}
hint-points = Reparta { $shown } puntos: dé más a lo que más le importa. En total deben sumar { $shown }.
other-words = Escríbalo con sus palabras
answer-yes = Sí
answer-no = No
answer-agree = Estoy de acuerdo
level-elementary = Primaria
level-middle = Secundaria (middle school)
level-high = Preparatoria (high school)
step-next = Siguiente
step-back = Atrás
rank-tap = Elija su primera opción, luego la segunda, y así hasta { $most }. Para quitar una opción, elíjala otra vez.
rank-full = Ya usó todos los lugares. Para liberar uno, elija otra vez una de sus opciones.
points-left = Puntos que faltan por repartir: { $points }
points-over = Puntos de más: { $points }
points-used = Ya repartió todos los puntos.
only-if = Conteste esta pregunta solo si
if-and = y{ " " }
if-or = o{ " " }
if-in-question = la pregunta { $number }
if-in-row = la pregunta { $number }, “{ $row }”
if-chose = eligió “{ $choice }” en { $where }
if-not-chose = no eligió “{ $choice }” en { $where }
if-answered = contestó { $where }
if-not-answered = no contestó { $where }
if-at-least = su respuesta a { $where } fue { $least } o más
if-not-at-least = su respuesta a { $where } no fue { $least } o más
leave-empty = Deje este campo vacío
may-skip-any = Puede dejar sin contestar cualquier pregunta.
may-skip-others = Puede dejar sin contestar cualquier pregunta que no diga “Respuesta obligatoria”.
leave-out-names = La ley de registros públicos se aplica a lo que escriba. Por favor, no escriba nombres.
send-answer = Enviar mis respuestas
send-correction = Enviar mis cambios

faults-title = { $count ->
    [one] Hay una cosa por revisar
   *[other] Hay { $count } cosas por revisar
}
answers-still-here = Todo lo que escribió sigue aquí.
fault-choose = Elija una opción.
fault-choose-in-each = { $given ->
    [0] Elija una opción en cada fila.
    [one] Elija una opción en cada fila. Falta una fila.
   *[other] Elija una opción en cada fila. Faltan { $shown } filas.
}
fault-agree = Marque esta casilla si está de acuerdo. Si no la marca, no podemos recibir sus respuestas.
fault-choice-and-other = Eligió una opción de la lista y además escribió otra. Deje solo una de las dos.
fault-no-number = Escriba un número entero del { $from } al { $most }.
fault-no-day = Elija una fecha o escríbala así: 2026-10-05.
fault-same-rank = Dio el lugar { $shown } a dos opciones. Use cada lugar una sola vez.
fault-points-total = Sus puntos suman { $shown }. Deben sumar { $most }.
fault-write = Escriba unas palabras.
fault-only-one = Elija solo una opción.
fault-too-many = Eligió { $shown } opciones. Puede elegir hasta { $most }.
fault-too-long = Escribió { $shown } caracteres. El máximo es { $most }.
fault-not-offered = Esa opción ya no está en la lista. Elija otra.
fault-out-of-scale = Elija un número del { $from } al { $most }.
fault-unknown = El formulario traía un campo que no es de esta encuesta: “{ $name }”. No lo guardamos. Revise sus respuestas y envíelas otra vez.
fault-unknown-revision = Las preguntas cambiaron desde que abrió esta página. Revise sus respuestas y envíelas otra vez.
fault-empty = Todavía no ha contestado nada. Conteste al menos una pregunta.
answer-busy = Muchas personas están contestando en este momento y todavía no pudimos guardar sus respuestas. Todo lo que escribió sigue aquí. Espere un momento y envíelas otra vez.
answer-correcting = Esto es lo que envió. Cambie lo que quiera y envíelo otra vez. Los cambios reemplazan lo que envió antes, y usted cuenta una sola vez.
answer-preview = Así se verá la encuesta. Desde aquí no se puede enviar nada.
answer-slow = Llegaron muchas respuestas desde aquí en poco tiempo y todavía no guardamos las suyas. Todo lo que escribió sigue aquí. Espere un minuto y envíelas otra vez.

draft-on-phone = Guardado en este dispositivo.
draft-in-tab = Guardado en esta pestaña hasta que la cierre.
draft-delete = Borrar
draft-deleted = Se borró. Lo que ve aquí ya no está guardado.
draft-found = La última vez que contestó aquí fue el { $day }.
draft-continue = Continuar
draft-start-over = Empezar de nuevo
queue-held = En este momento no hay conexión. Sus respuestas están guardadas en este dispositivo y se enviarán solas cuando haya conexión. Puede cerrar esta página. Si la cierra, ábrala otra vez más tarde.
queue-waiting = Por enviar: { $count }
queue-sent = Ya se envió lo que estaba pendiente.
queue-receipt = El comprobante de lo que se envió:
queue-refused = No pudimos guardar unas respuestas enviadas desde este dispositivo. Hay que revisarlas.
queue-look = Revisarlas
queue-remove = Borrarlas de este dispositivo

kiosk-pause = ¿Sigue ahí? Toque la pantalla para continuar. Si no, en unos segundos la encuesta empezará de nuevo y se borrará lo que escribió.
kiosk-soon = En un minuto, esta página quedará lista para la siguiente persona.
kiosk-next = Empezar para la siguiente persona

paper-print = Imprima esta página desde su navegador, en papel carta o A4, en blanco y negro. Puede imprimir por los dos lados.
paper-how = Use pluma, por favor. Marque con una X el cuadro junto a su respuesta, o escriba en las líneas. Los números pequeños son para la oficina.
paper-once = Conteste una sola vez: en esta hoja o en { $address }.
paper-hand-in-title = Dónde entregar esta hoja
paper-hand-in = Entréguela en la oficina de cualquier escuela. Alguien copiará sus respuestas tal como las escribió, y contarán igual que las demás.
paper-total = Total: { $total }
paper-year = año
paper-month = mes
paper-day = día
paper-thanks = Gracias.
paper-foot = Código de esta hoja

thanks-title = Gracias. Recibimos sus respuestas.
thanks-counted = Están guardadas y ya cuentan.
thanks-suspected = Están guardadas. Alguien del distrito las revisará antes de contarlas.
thanks-late = Están guardadas. Como llegaron después del cierre de la encuesta, el distrito decidirá si cuentan.
thanks-set-aside = Están guardadas, pero el distrito no las cuenta.
thanks-withdrawn = Usted retiró estas respuestas. Ya no cuentan.
thanks-replaced = Usted envió otras respuestas después, y esas reemplazaron a estas.
thanks-next = Qué sigue
your-receipt = Su comprobante
keep-receipt = Guarde este código. Con él puede ver sus respuestas o retirarlas. Nosotros no podemos buscarlo por usted.
keep-receipt-arrival = Guarde este código. Con él puede comprobar que recibimos sus respuestas, o retirarlas. No muestra nada de lo que escribió.
see-received = Ver lo que recibimos
someone-else = Dejar que conteste otra persona
thanks-heard = Vea lo que hemos escuchado hasta ahora

conflict-title = ¿Son respuestas nuevas?
conflict-text = Ya se enviaron respuestas desde este dispositivo. Lo que acaba de escribir es diferente. No se ha perdido nada.
conflict-same = Soy la misma persona
conflict-same-text = Lo nuevo reemplaza lo que envió antes. Usted cuenta una sola vez.
conflict-replace = Reemplazar mis primeras respuestas
conflict-other = Soy otra persona
conflict-other-text = Guardamos las respuestas de las dos personas, y cada una cuenta.
conflict-another = Guardar las respuestas de las dos personas
again-title = ¿Enviar esto como respuestas nuevas?
again-text = Usted retiró las respuestas que se enviaron antes desde este dispositivo. Lo que acaba de escribir todavía no está guardado.
again-submit = Enviar como respuestas nuevas

closed-title = Esta encuesta ya cerró
closed-on = Cerró el { $day }.
closed-text = Gracias por su visita. En “Lo que escuchamos” puede ver lo que dijo la gente.
closed-typed = La encuesta cerró antes de que llegaran sus respuestas y no pudimos guardarlas. Aquí está lo que escribió, por si quiere copiarlo.

receipt-title = Vea lo que recibimos de usted
receipt-text = Escriba el código que apareció al final de la encuesta. Con él solo se abren sus propias respuestas.
receipt-code = Su código
receipt-hint = 16 letras y números. No importan los espacios ni los guiones.
receipt-show = Mostrar mis respuestas
receipt-lost = ¿Perdió el código? No podemos buscarlo, porque nada lo relaciona con usted. Sin él no puede ver, cambiar ni retirar sus respuestas.
receipt-unknown = No encontramos respuestas con este código. Revise cada letra y cada número.
receipt-slow = Varios códigos no coincidieron. Espere unos segundos e intente otra vez.

received-arrival = Este código confirma que recibimos sus respuestas. No muestra nada de lo que escribió.
received-title = Lo que recibimos
received-on = Recibimos sus respuestas el { $day }.
received-counted = Ya cuentan.
received-suspected = Están guardadas. Alguien del distrito las revisará antes de contarlas.
received-late = Llegaron después del cierre de la encuesta. El distrito decidirá si cuentan.
received-set-aside = Están guardadas, pero el distrito no las cuenta.
received-withdrawn = Usted las retiró. Ya no cuentan, y nadie puede leerlas en estas páginas. Los números que ya publicamos todavía pueden incluirlas.
received-replaced = Usted envió otras respuestas después, y esas reemplazaron a estas.
rank-number = Lugar { $place }
point-of = { $point } de { $most }
correct-heading = Cambiar sus respuestas
correct-text = Puede cambiarlas hasta que cierre la encuesta.
correct-button = Cambiar mis respuestas
went-title = A dónde llegaron sus comentarios
went-not-yet = Todavía no se ha publicado nada. Cuando el distrito publique lo que escuchó, aquí verá en qué temas cuentan sus comentarios y qué resultó de ellos.
went-after = Lo que ya está publicado se contó antes de que llegaran sus respuestas. Vuelva después de la próxima publicación.
went-there = Esto viene de lo que el distrito publicó. Solo puede verlo quien tenga su código.
went-no-theme = Este comentario todavía no cuenta en ningún tema, pero sí lo leímos.
withdraw-heading = Retirar sus respuestas
withdraw-text = Si retira sus respuestas, dejamos de contarlas y quitamos sus comentarios de estas páginas. Los números que ya publicamos todavía pueden incluirlas. Esto no se puede deshacer.
withdraw-button = Retirar mis respuestas
withdraw-title = ¿Retirar sus respuestas?
withdraw-sure = Sí, retirarlas
withdraw-keep = No, dejarlas
flash-withdrawn = Retiramos sus respuestas. Ya no cuentan. Los números que ya publicamos todavía pueden incluirlas.
flash-withdraw-too-late = La encuesta ya cerró, así que sus respuestas se quedan como están.
flash-receipt-unknown = No encontramos respuestas con este código. Revise cada letra y cada número.
flash-correct-too-late = Estas respuestas ya no se pueden cambiar.

follow-title = Avísenme de los resultados
follow-lead = ¿Quiere enterarse de los resultados? Déjenos su correo electrónico.
follow-email = Su correo electrónico
follow-separate = Guardamos su correo aparte de sus respuestas, y nadie puede saber por él cuáles son las suyas. Solo le escribiremos sobre los resultados, después de que usted confirme su correo.
follow-send = Avísenme
follow-wrong = Escriba su correo completo, por ejemplo ana@example.org.
follow-saved = Guardamos este correo. Cuando empecemos a enviar resultados, primero le pediremos que lo confirme.
follow-confirm-text = ¿Es correcto este correo? Si lo confirma, le avisaremos cuando haya resultados.
follow-confirm = Sí, avísenme
follow-confirmed = Su correo está confirmado. Le avisaremos cuando haya resultados.
follow-erase = Borrar este correo
follow-none = No guardamos ningún correo de este dispositivo.
flash-follow-erased = Borramos el correo.
