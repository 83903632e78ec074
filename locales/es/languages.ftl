# Cómo se llama cada idioma en español.
language-en = inglés
language-es = español
language-ar = árabe
language-zh = chino
language-vi = vietnamita
language-pt = portugués
language-ru = ruso
language-ht = criollo haitiano
language-hmn = hmong
language-ur = urdu
language-tl = tagalo
language-ko = coreano
language-so = somalí
language-fr = francés
language-uk = ucraniano
