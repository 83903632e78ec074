# Lo que dice el escritorio después de escribir, publicar o cerrar una encuesta.
flash-survey-drafted = La encuesta está guardada como borrador. Nadie la ve hasta que usted la publique.
flash-survey-saved = Lo que escribió está guardado. La gente lo verá cuando usted lo publique.
flash-survey-opened = La encuesta está abierta. Ya se puede contestar.
flash-survey-corrected = Las correcciones están publicadas. Desde ahora se ven.
flash-survey-closed = La encuesta está cerrada. Cada respuesta recibida se conserva.
flash-language-on = El idioma está activado. Las familias lo ven donde todas sus palabras están completas.
flash-language-off = El idioma está desactivado. Las familias ya no lo ven.
flash-translation-taken = Las palabras quedaron guardadas. Las personas las verán cuando usted publique.
flash-translation-read = Quedó anotado quién leyó las palabras. Las personas las verán cuando usted publique.
flash-late-taken-in = Las respuestas tardías se incluyeron. Cuentan desde ahora.
flash-late-left-out = Las respuestas tardías se dejaron fuera. No cuentan en ninguna parte.
flash-paper-batch-closed = El lote está cerrado o la hoja se ha retirado, así que no se cambió nada.
flash-paper-closed = El lote está cerrado. Sus hojas cuentan como antes.
flash-paper-opened = El lote está abierto. Vuelve a aceptar hojas.
flash-paper-taken-out = La hoja se ha retirado. No está en ningún recuento; puede volver a ponerla.
flash-paper-put-back = La hoja se ha vuelto a poner. Cuenta otra vez.
