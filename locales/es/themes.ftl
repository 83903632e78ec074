# Frases que dejan las páginas de temas.
flash-codebook-saved = Guardado. Todos los temas se contaron de nuevo.
flash-comment-released = Publicable, con su nombre. Aparecerá con la próxima versión que publique.
flash-comment-taken-back = Retirado. Ya no está en las páginas públicas.
flash-codebook-same = No cambió nada, así que no hay una versión nueva.
