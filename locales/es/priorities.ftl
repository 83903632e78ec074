# Frases que dejan las páginas de prioridades y del plan.
flash-priority-added = Agregada. Diga por qué importa y luego decídala.
flash-priority-saved = Guardado.
flash-priority-decided = Decidida. Las cifras, la versión del libro de códigos y los comentarios quedan como están ahora.
flash-priority-taken-back = La decisión se retiró. El registro se conserva.
flash-priority-deleted = El borrador se eliminó.
flash-outcome-saved = Guardado.
flash-plan-saved = Guardado. Será público con la próxima versión que publique.
flash-plan-deleted = Eliminado del borrador. Lo publicado sigue hasta la próxima versión.
