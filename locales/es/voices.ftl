# Las páginas públicas: lo que escuchamos y en qué resultó.

# --- cantidades
of-number = de { $shown }
of-person = de { $shown } personas
of-household = de { $shown } hogares
of-child-and-school = de { $shown } niños
of-table = de { $shown } mesas
of-voice = de { $shown } voces
answered-person = Contestaron { $shown } personas
answered-household = Contestaron { $shown } hogares
answered-child-and-school = Se contestó por { $shown } niños
answered-table = Contestaron { $shown } mesas
figure-person = { $n ->
    [one] persona contestó
   *[other] personas contestaron
}
figure-household = { $n ->
    [one] hogar contestó
   *[other] hogares contestaron
}
figure-child-and-school = { $n ->
    [one] niño por quien
   *[other] niños por quienes
} se contestó
figure-table = { $n ->
    [one] mesa contestó
   *[other] mesas contestaron
}
figure-tables = { $tables ->
    [one] mesa en las reuniones, que representa
   *[other] mesas en las reuniones, que representan
} al menos a { $people ->
        [one] 1 persona
       *[other] { $least } personas
    }
figure-voices = { $n ->
    [one] comentario
   *[other] comentarios
} que puede leer aquí
share = { $n }%
fewer-than = menos del { $percent }%
more-than = más del { $percent }%
hidden-count = oculto para proteger a las personas
count-few = 5 o menos
also-tables = { $tables ->
    [one] Además, { $tables } mesa en las reuniones, que representa al menos a { $people ->
        [one] 1 persona
       *[other] { $least } personas
    }
   *[other] Además, { $tables } mesas en las reuniones, que representan al menos a { $people ->
        [one] 1 persona
       *[other] { $least } personas
    }
}
also-tables-short = { $tables ->
    [one] Además, { $tables } mesa, al menos { $people ->
        [one] 1 persona
       *[other] { $least } personas
    }
   *[other] Además, { $tables } mesas, al menos { $people ->
        [one] 1 persona
       *[other] { $least } personas
    }
}
everyone = Todas las personas
other-groups = Otros grupos
no-group = sin grupo

# --- lo que se preguntó
intent-strength = Lo que funciona bien
intent-need = Lo que debe mejorar
intent-hope = Lo que la gente desea
intent-opportunity = Lo que podría ayudar
intent-threat = Lo que preocupa a la gente
intent-other = Qué más se dijo
intent-strength-note = Un elogio nunca se cuenta como una necesidad.
we-asked = Preguntamos:
wrote-person = Personas que escribieron sobre el tema, de las { $asked } a quienes se les preguntó
wrote-household = Hogares que escribieron sobre el tema, de los { $asked } a los que se les preguntó
wrote-child-and-school = Niños por quienes se escribió sobre el tema, de los { $asked } por quienes se preguntó
wrote-table = Mesas que escribieron sobre el tema, de las { $asked } a las que se les preguntó
wrote-voice = Voces que hablaron del tema, de las { $asked } a las que se les preguntó
wrote-hidden = Números ocultos para proteger a las personas
wrote-nobody = Solo se les preguntó a las mesas de las reuniones
who-mentioned-it = Quién lo mencionó
few-mentions = 5 menciones o menos:
mentions-below = Lo mencionó menos del 5%:
hidden-mentions = Números ocultos para proteger a las personas:

# --- voces
said-survey = En la encuesta
said-table = Una mesa de una reunión, que representa al menos a { $n ->
    [one] 1 persona
   *[other] { $n } personas
}
said-to-us = Nos lo dijeron
where-it-went = A dónde llegó este comentario
voice-title = Un comentario
voice-lead-survey = Alguien escribió esto en la encuesta:
voice-lead-table = Una mesa escribió esto en la reunión:
voice-lead-told = Alguien nos dijo esto:
voice-asked = La pregunta era:
voice-counted = A dónde llegó este comentario
voice-counted-text = { $n ->
    [one] Se cuenta en un tema.
   *[other] Se cuenta en { $n } temas.
} Las palabras que cuentan están marcadas.
voice-not-counted = Todavía no se cuenta en ningún tema, pero sí se leyó.
voice-released = El personal revisó y aprobó este comentario. No se publica quién lo dijo.

# --- lo que escuchamos
heard-title = Lo que escuchamos
heard-most = Lo más mencionado
heard-came = Vea en qué resultó
heard-words = En sus palabras
heard-words-text = Algunos de los comentarios. Cada tema muestra todos los que se aprobaron.
heard-who = Quién participó
heard-who-text = Los grupos de menos de { $base } personas se muestran juntos, para que no se reconozca a nadie.
heard-group = Grupo
heard-rounds = Todas las consultas
heard-to-plan = Vea el plan que resultó
heard-people = Personas
heard-from-to = del { $first } al { $last }
heard-as-of = Estos números son de una edición anterior. Desde el { $day } ha habido tan pocos cambios que, con números nuevos, se podría identificar a alguien.
heard-nothing = Todavía no hay nada que se pueda contar.
round-since = Desde el { $day }
round-here = Usted está aquí

# --- un tema
theme-parent = Es parte de
theme-subthemes = Sus partes
theme-in-group = Grupo
theme-voices = Lo que dijo la gente
theme-voices-text = { $n ->
    [0] Todavía no se ha aprobado ningún comentario para publicarlo, pero todo lo que se dijo se cuenta.
    [one] Aquí se muestra un comentario que el personal revisó y aprobó. Las palabras que cuentan para este tema están marcadas.
   *[other] Aquí se muestran { $shown } comentarios que el personal revisó y aprobó. Las palabras que cuentan para este tema están marcadas.
}
theme-outcome = En qué resultó
theme-led-to = Llevó a
theme-rule = Cómo se cuenta
theme-rule-text = Un comentario entra en este tema cuando tiene una de estas palabras, con cualquier terminación. Los tres puntos (…) representan el resto de una palabra.
theme-rule-none = pero no si tiene:
theme-rule-version = Versión { $version } de nuestra lista de palabras
theme-rule-saved = , guardada el { $day }

# --- el plan
plan-title = El plan
plan-vision = Nuestra visión
plan-mission = Nuestra misión
plan-principles = Lo que nos guía
plan-theory-of-action = Cómo creemos que funciona
plan-based-on = Se basa en:
plan-stages = En qué etapa estamos
plan-stage-of = Etapa { $stage } de { $of }
plan-done = Terminada
plan-now = Estamos aquí
plan-days = { $first } a { $last }
plan-priorities = Nuestras prioridades, en orden
plan-priorities-none = Todavía no se ha elegido ninguna prioridad.
plan-goal-link = Meta:
plan-voices = { $n ->
    [one] Un comentario que la respalda
   *[other] { $shown } comentarios que la respaldan
}
plan-to-heard = Vea lo que escuchamos

# --- una prioridad
priority-rank = Prioridad { $place }
priority-decided = Se decidió el { $day }
priority-weighed = Cómo se decidió
priority-weighed-text = Estos son los números del día en que se decidió. Ya no cambian.
priority-by-size = Cada voz pesa lo mismo
priority-equally = Cada grupo pesa lo mismo
priority-equally-text = el promedio de los porcentajes de los grupos
priority-groups = Quién la mencionó
priority-sources = Por fuente; no se suman
priority-other-evidence = También se tomó en cuenta, sin sumarlo
priority-votes = Votos sobre lo que se dijo
priority-votes-of = de { $shown } { $n ->
    [one] voto a favor
   *[other] votos a favor
}
priority-votes-lower = Intervalo de confianza del 95%: al menos el { $lower }% está a favor.
priority-themes = Los temas en que se basa
priority-themes-text = Separados según lo que preguntamos. Arriba, quien mencionó varios temas se cuenta una sola vez.
priority-goals = Las metas a las que llevó
priority-goals-none = Todavía no se ha escrito ninguna meta a partir de esta prioridad.
priority-voices = Los comentarios que la respaldan
priority-digest = Huella digital de los datos
priority-codebook = se contó con la versión { $version } de nuestra lista de palabras

# --- una meta
goal-prefix = Meta: { $title }
goal-baseline = Punto de partida
goal-target = Objetivo
goal-target-year = Para el año
goal-comments = Los comentarios que respaldan esta meta
goal-step-goal = La meta
goal-step-priority = viene de la prioridad { $place },
goal-step-themes = { $n ->
    [one] que se basa en un tema
   *[other] que se basa en { $n } temas
}
goal-step-comments = y eso viene de comentarios como estos
goal-step-no-comments = y eso viene de comentarios
goal-no-comments = Todavía no se ha aprobado ningún comentario para publicarlo. Todos se contaron.

# --- base, fecha y método
basis = Base, fecha y método
basis-base = Base.
basis-hidden = Número oculto para proteger a las personas
basis-open = Participó quien quiso. Por eso no hay tasa de respuesta: decimos quién participó.
basis-tables = { $tables ->
    [one] En las reuniones, una mesa tomó notas y representa al menos a { $people ->
        [one] 1 persona
       *[other] { $least } personas
    }. Se muestra aparte y nunca se suma.
   *[other] En las reuniones, { $tables } mesas tomaron notas y representan al menos a { $people ->
        [one] 1 persona
       *[other] { $least } personas
    }. Se muestran aparte y nunca se suman.
}
late-counted = { $shown } de estas respuestas llegaron después del cierre de la encuesta, y el distrito las incluyó.
late-counted-few = Unas pocas de estas respuestas llegaron después del cierre de la encuesta, y el distrito las incluyó.
late-not-counted = Otras { $shown } respuestas llegaron después del cierre de la encuesta y no se cuentan.
late-not-counted-few = Unas pocas respuestas más llegaron después del cierre de la encuesta y no se cuentan.
basis-date = Fecha.
basis-published = Publicado por { $name } el { $day }, { $time }.
basis-method = Método.
basis-method-text = Un tema es una lista de palabras que cualquiera puede leer. Un comentario con una de esas palabras se cuenta una sola vez por persona. Los grupos de menos de { $base } personas se muestran juntos. En lugar de los números pequeños escribimos “5 o menos”, y ocultamos los que permitirían deducirlos. Si un número cambió en menos de 5 desde una edición anterior, dejamos el que ya estaba publicado.
basis-codebook = Se contó con la versión { $version } de nuestra lista de palabras.
basis-origin = De dónde viene.

# --- antes de publicar
preview-title = Vista previa: todavía no se publica
preview-text = Así lo verá el público cuando usted lo publique.
preview-back = Volver a la página para publicar
not-yet-title-heard = Aquí estará lo que escuchamos
not-yet-title-plan = Aquí estará el plan
not-yet-text-heard = Primero preguntamos y luego leemos cada respuesta. Después verá aquí lo que dijo la gente, en sus propias palabras y en números, y en qué resultó.
not-yet-text-plan = Primero escuchamos. Después verá aquí qué va primero, por qué, a qué metas lleva y los comentarios que las respaldan.
not-yet-since = Empezamos el { $day }. Esta página se llenará en cuanto el distrito publique.
not-yet-home = Lo que puede hacer hoy

# --- la primera página
home-title = ¿Cómo deben ser nuestras escuelas?
home-lead = Estamos escribiendo el plan para nuestras escuelas. Aquí puede ver lo que la gente nos dijo y a dónde llegó.
home-answer = Contestar la encuesta
home-see = Vea lo que escuchamos
home-surveys = Encuestas abiertas
home-surveys-text = No necesita una cuenta ni dar su nombre.
home-questions = { $n ->
    [one] Una pregunta
   *[other] { $n } preguntas
}
home-forums = Próximas reuniones
home-heard = Lo que escuchamos hasta ahora
home-published = Publicado por { $name } el { $day }.
home-all-heard = Todo lo que escuchamos
home-plan = Nuestras prioridades principales
home-all-plan = El plan completo
home-empty-title = Pronto habrá algo aquí
home-empty-text = Aquí encontrará encuestas para contestar, reuniones para platicar y lo que escuchamos. Por el momento no hay nada abierto.
