# Las páginas públicas: lo que escuchamos y qué pasó con ello.

# --- cantidades
of-number = de { $shown }
of-person = de { $shown } { $n ->
    [one] persona
   *[other] personas
}
of-household = de { $shown } { $n ->
    [one] hogar
   *[other] hogares
}
of-child-and-school = de { $shown } { $n ->
    [one] niño
   *[other] niños
}
of-table = de { $shown } { $n ->
    [one] mesa
   *[other] mesas
}
of-voice = de { $shown } { $n ->
    [one] voz
   *[other] voces
}
answered-person = { $n ->
    [one] Contestó { $shown } persona
   *[other] Contestaron { $shown } personas
}
answered-household = { $n ->
    [one] Contestó { $shown } hogar
   *[other] Contestaron { $shown } hogares
}
answered-child-and-school = Respuestas para { $shown } { $n ->
    [one] niño
   *[other] niños
}
answered-table = { $n ->
    [one] Contestó { $shown } mesa
   *[other] Contestaron { $shown } mesas
}
figure-person = personas contestaron
figure-household = hogares contestaron
figure-child-and-school = niños por quienes se contestó
figure-table = mesas contestaron
figure-tables = mesas en los foros, que hablan al menos por { $least } personas
figure-voices = voces que puede leer aquí
share = { $n } %
fewer-than = menos del { $percent } %
more-than = más del { $percent } %
too-few = muy pocas para mostrarlas
also-tables = { $tables ->
    [one] También { $tables } mesa de los foros, que habla al menos por { $least } personas
   *[other] También { $tables } mesas de los foros, que hablan al menos por { $least } personas
}
everyone = En total
other-groups = Otros
no-group = sin decir su grupo
in-source = en: { $source }

# --- lo que se preguntó
intent-strength = Lo que funciona bien
intent-need = Lo que debe mejorar
intent-hope = Lo que se desea
intent-opportunity = Lo que podría ayudar
intent-threat = Lo que preocupa
intent-other = Qué más se dijo
intent-strength-note = Un elogio nunca se cuenta como una necesidad.
we-asked = Preguntamos:
wrote-person = Personas que lo escribieron, de las { $asked } a quienes se preguntó
wrote-household = Hogares que lo escribieron, de los { $asked } a los que se preguntó
wrote-child-and-school = Niños por quienes se escribió, de los { $asked } por quienes se preguntó
wrote-table = Mesas que lo escribieron, de las { $asked } a las que se preguntó
wrote-voice = Voces que lo mencionaron, de las { $asked } a las que se preguntó
wrote-too-few = Se preguntó a muy pocas personas para mostrar cantidades
wrote-nobody = Solo se preguntó en las mesas de los foros
who-named-it = Quién lo mencionó
fewer-named = Lo mencionó menos del 5 %:
hidden-named = Lo mencionaron muy pocas personas para mostrar cuántas:

# --- qué pasó

# --- voces
said-survey = En la encuesta
said-table = Una mesa de un foro, que habla al menos por { $n }
said-elsewhere = Nos lo dijeron
where-it-went = A dónde llegó esta voz
voice-title = Una voz
voice-lead-survey = Alguien escribió esto en la encuesta:
voice-lead-table = Una mesa escribió esto en el foro:
voice-lead-elsewhere = Alguien nos dijo esto.
voice-asked = Fue la respuesta a:
voice-counted = A dónde llegó esta voz
voice-counted-text = { $n ->
    [one] Se cuenta en un tema.
   *[other] Se cuenta en { $n } temas.
} Las palabras que cuentan están marcadas.
voice-not-counted = Todavía no se cuenta en ningún tema. De todos modos se leyó.
voice-released = Una persona con nombre la leyó y permitió mostrarla. Quién lo dijo queda en privado.

# --- lo que escuchamos
heard-title = Lo que escuchamos
heard-first = Lo más mencionado:
heard-lead = Aquí está todo lo que escuchamos y qué pasó con ello.
heard-figures = En números
heard-words = En sus palabras
heard-words-text = Algunas de las voces. Cada tema tiene todas las que se pueden mostrar.
heard-who = Quién participó
heard-who-text = Los grupos de menos de { $base } se muestran juntos, para que no se reconozca a nadie.
heard-group = Grupo
heard-rounds = Todas las rondas
heard-to-plan = Vea el plan al que llevó
heard-people = Personas
heard-from-to = del { $first } al { $last }
heard-nothing = Todavía no se ha dicho nada que se pueda contar.
round-since = Desde el { $day }
round-now = Está aquí

# --- un tema
theme-part-of = Es parte de
theme-parts = Sus partes
theme-in-group = Grupo
theme-voices = Lo que dijo la gente
theme-voices-text = { $n ->
    [0] Todavía no se muestra ningún comentario. De todos modos, todo lo que se dijo se cuenta.
    [one] Aquí se muestra un comentario: una persona con nombre lo leyó y permitió mostrarlo. Las palabras que cuentan para este tema están marcadas.
   *[other] Aquí se muestran { $shown } comentarios: una persona con nombre leyó cada uno y permitió mostrarlo. Las palabras que cuentan para este tema están marcadas.
}
theme-outcome = Qué pasó con ello
theme-led-to = Llevó a
theme-rule = Cómo se cuenta
theme-rule-text = Un comentario está en este tema cuando tiene una de estas palabras, con cualquier terminación. Tres puntos (…) ocupan el lugar del resto de una palabra.
theme-rule-none = pero no con:
theme-rule-version = Versión { $version } de nuestra lista de palabras
theme-rule-saved = , guardada el { $day }

# --- el plan
plan-title = El plan
plan-vision = Nuestra visión
plan-mission = Nuestra misión
plan-principles = Lo que nos guía
plan-theory-of-action = Cómo creemos que funciona
plan-stands-on = Se apoya en:
plan-stages = Dónde estamos
plan-stage-of = Etapa { $stage } de { $of }
plan-done = Terminada
plan-now = Estamos aquí
plan-days = { $first } a { $last }
plan-priorities = Nuestras prioridades, en orden
plan-priorities-none = Todavía no se ha elegido ninguna prioridad.
plan-goal-link = Meta:
plan-voices = { $n ->
    [one] Una voz detrás de ella
   *[other] { $shown } voces detrás de ella
}
plan-to-heard = Vea lo que escuchamos

# --- una prioridad
priority-place = Prioridad { $place }
priority-why = Por qué está en este lugar
priority-decided = Se decidió el { $day }
priority-weighed = Cómo se valoró
priority-weighed-text = Son los números del día en que se decidió. Ya no cambian.
priority-by-size = Cada voz pesa lo mismo
priority-equally = Cada grupo pesa lo mismo
priority-equally-text = el promedio de los porcentajes de los grupos
priority-groups = Quién la mencionó
priority-sources = Por fuente, nunca se suman
priority-beside = Aparte, nunca se suman
priority-votes = Votos sobre lo que se dijo
priority-votes-of = de { $shown } { $n ->
    [one] voto a favor
   *[other] votos a favor
}
priority-votes-lower = Descontando el azar, estaría a favor al menos el { $lower } %.
priority-themes = Los temas en que se apoya
priority-themes-text = Separados según lo que preguntamos. Quien mencionó varios se cuenta arriba una sola vez.
priority-goals = Las metas a las que llevó
priority-goals-none = Todavía no se ha escrito ninguna meta a partir de ella.
priority-voices = Las voces detrás de ella
priority-digest = Huella de los datos en que se apoya
priority-codebook = se contó con la versión { $version } de nuestra lista de palabras

# --- una meta
goal-prefix = Meta: { $title }
goal-now = Hoy
goal-target = Meta
goal-by = Para
goal-way = Las voces detrás de esta meta
goal-step-goal = La meta
goal-step-priority = viene de la prioridad { $place }
goal-step-themes = { $n ->
    [one] que se apoya en un tema
   *[other] que se apoya en { $n } temas
}
goal-step-voices = y estos vienen de voces como las siguientes
goal-step-no-voices = y estos vienen de voces
goal-no-voices = Todavía no se muestra ninguna voz. Todas se contaron.

# --- base, fecha y método
basis = Base, fecha y método
basis-base = Base.
basis-too-few = Contestaron muy pocas personas para decir cuántas:
basis-open = Pudo participar quien quiso. Por eso no hay tasa de respuesta: decimos quién participó.
basis-tables = { $tables ->
    [one] En los foros una mesa tomó notas y habla al menos por { $least } personas. Se muestra aparte y nunca se suma.
   *[other] En los foros { $tables } mesas tomaron notas y hablan al menos por { $least } personas. Se muestran aparte y nunca se suman.
}
late-counted = { $shown } de estas respuestas llegaron después del cierre de la encuesta, y el distrito las incluyó.
late-counted-few = Unas pocas de estas respuestas llegaron después del cierre de la encuesta, y el distrito las incluyó.
late-apart = Otras { $shown } respuestas llegaron después del cierre de la encuesta y no se cuentan.
late-apart-few = Otras pocas respuestas llegaron después del cierre de la encuesta y no se cuentan.
basis-date = Fecha.
basis-published = Publicado por { $name } el { $day }, { $time }.
basis-method = Método.
basis-method-text = Un tema es una lista de palabras que cualquiera puede leer. Un comentario con una de ellas se cuenta una sola vez para su persona. Los grupos de menos de { $base } se muestran juntos. Por debajo del 5 % y por encima del 95 % no damos el número, y ocultamos las cantidades pequeñas que podrían señalar a alguien.
basis-codebook = Se contó con la versión { $version } de la lista, hasta el cambio { $change }.
basis-origin = De dónde viene.

# --- antes y al lado
preview-title = Vista previa: nadie más la ve todavía
preview-text = Así se verá en público cuando usted la publique.
preview-back = Volver a publicar
not-yet-title-heard = Aquí estará lo que escuchamos
not-yet-title-plan = Aquí estará el plan
not-yet-text-heard = Primero preguntamos y luego leemos cada respuesta. Después verá aquí lo que dijo la gente, en sus propias palabras y en números, y qué pasó con ello.
not-yet-text-plan = Primero escuchamos. Después verá aquí qué va primero, por qué y a qué metas lleva, con las voces detrás de cada una.
not-yet-since = Empezamos el { $day }. Esta página se llena en cuanto el distrito publique.
not-yet-home = Lo que puede hacer hoy

# --- la primera página
home-title = ¿Cómo deben ser nuestras escuelas?
home-lead = Estamos escribiendo el plan de nuestras escuelas. Cada voz se escucha, y usted puede ver a dónde llegó.
home-answer = Conteste ahora
home-see = Vea lo que escuchamos
home-surveys = Encuestas abiertas
home-surveys-text = No hace falta cuenta ni nombre.
home-questions = { $n ->
    [one] Una pregunta
   *[other] { $n } preguntas
}
home-forums = Venga a platicar
home-heard = Lo que escuchamos hasta ahora
home-published = Publicado por { $name } el { $day }.
home-all-heard = Todo lo que escuchamos
home-plan = Lo que va primero
home-all-plan = El plan completo
home-empty-title = Aquí va a empezar todo
home-empty-text = Aquí encontrará encuestas para contestar, reuniones para platicar y lo que se escuchó. Por el momento no hay nada abierto.
home-empty-staff = Si usted administra este sitio: entre con su cuenta, o lea en el manual cómo importar un distrito.

# --- después de un formulario
flash-published = Publicado. Ya lo puede leer todo el mundo.
flash-snapshot-taken-back = Retirado. Ya nadie lo ve.
