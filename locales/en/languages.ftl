# What each language is called in English.
language-en = English
language-es = Spanish
language-ar = Arabic
language-zh = Chinese
language-vi = Vietnamese
language-pt = Portuguese
language-ru = Russian
language-ht = Haitian Creole
language-hmn = Hmong
language-ur = Urdu
language-tl = Tagalog
language-ko = Korean
language-so = Somali
language-fr = French
language-uk = Ukrainian
