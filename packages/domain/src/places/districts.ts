import { namesOf } from './place-table.ts'

/** A quarter of one of the ten largest cities. `id` is unique in the whole list. */
export interface District {
  readonly id: string
  readonly cityId: string
  readonly fr: string
  readonly ar: string
  readonly en: string
  readonly aliases: readonly string[]
}

/* A row is written as in `cities.ts`; the city's id goes before that of the district. */
const table: Record<string, string> = {
  casablanca: `
centre-ville | Centre-ville | وسط المدينة | | casa centre, downtown, sidi belyout, سيدي بليوط
maarif | Maârif | المعاريف | | maarif extension, المعارف
anfa | Anfa | أنفا
gauthier | Gauthier | غوتييه | | كوتيي
racine | Racine | راسين
bourgogne | Bourgogne | بوركون | | bourgone, bourgogne est, bourgogne ouest
palmier | Palmier | بالمي | | palmiers, quartier palmier
derb-ghallef | Derb Ghallef | درب غلف | | darb ghalef
derb-sultan | Derb Sultan | درب السلطان | | derb soltane, al fida, الفداء
derb-omar | Derb Omar | درب عمر
derb-el-kabir | Derb El Kabir | درب الكبير | | derb lkbir
mers-sultan | Mers Sultan | مرس السلطان
habous | Habous | الأحباس | | quartier habous, الحبوس
ancienne-medina | Ancienne Médina | المدينة القديمة | | lmdina lqdima, bab marrakech
ain-diab | Aïn Diab | عين الذياب | | corniche, عين دياب
ain-chock | Aïn Chock | عين الشق
ain-sebaa | Aïn Sebaâ | عين السبع | | ain sbaa
ain-borja | Aïn Borja | عين البرجة | | ain bourja
hay-mohammadi | Hay Mohammadi | الحي المحمدي
hay-hassani | Hay Hassani | الحي الحسني
moulay-rachid | Moulay Rachid | مولاي رشيد | | hay moulay rachid
sidi-moumen | Sidi Moumen | سيدي مومن | | sidi moumne, sidi momen
sidi-bernoussi | Sidi Bernoussi | سيدي البرنوصي | | bernoussi, sidi barnoussi, البرنوصي
sidi-othmane | Sidi Othmane | سيدي عثمان | | sidi outmane
sidi-maarouf | Sidi Maârouf | سيدي معروف | | sidi maarof
ben-msick | Ben M’Sick | بن مسيك | | ابن مسيك
sbata | Sbata | سباتة
salmia | Salmia | السالمية | | salmia 1, salmia 2
roches-noires | Roches Noires | الصخور السوداء | | roche noire, roches noire, الصخور السودا
belvedere | Belvédère | بلفدير
bouchentouf | Bouchentouf | بوشنتوف
oulfa | Oulfa | الألفة | | hay oulfa, riad oulfa
lissasfa | Lissasfa | ليساسفة
inara | Inara | إنارة
polo | Polo | بولو | | quartier polo
oasis | Oasis | الواحة | | loasis, وازيس
beausejour | Beauséjour | بوسيجور
californie | Californie | كاليفورنيا
ferme-bretonne | Ferme Bretonne | فيرم بروطون
val-fleuri | Val Fleuri | فال فلوري
2-mars | 2 Mars | 2 مارس | | deux mars, 02 mars
la-gironde | La Gironde | لاجيروند
bachkou | Bachkou | باشكو
la-villette | La Villette | لافيليت
essalama | Essalama | السلامة | | hay salama
attacharouk | Attacharouk | التشارك | | tacharouk, hay attacharouk
anassi | Anassi | أناسي | | hay anassi
ahl-loghlam | Ahl Loghlam | أهل الغلام | | ahl laghlam
el-qods | El Qods | القدس | | hay el qods, حي القدس
laymoune | Laymoune | الليمون | | hay laymoune
nassim | Nassim | النسيم | | hay nassim, annassim
almaz | Almaz | ألماز
cil | CIL | السيال | | hay essalam cil
lahjajma | Lahjajma | الحجاجمة
casa-nearshore | Casa Nearshore | كازا نيرشور | | nearshore
triangle-dor | Triangle d’Or | المثلث الذهبي | | triangle dor
`,
  tanger: `
centre-ville | Centre-ville | وسط المدينة
medina | Médina | المدينة القديمة | | ancienne medina
malabata | Malabata | مالاباطا
iberia | Iberia | إيبيريا | | iberie
marshan | Marshan | مرشان
beni-makada | Béni Makada | بني مكادة
mesnana | Mesnana | مسنانة | | masnana
boukhalef | Boukhalef | بوخالف | | boukhalf
moujahidine | Moujahidine | المجاهدين | | mojahidine, hay moujahidine
dradeb | Dradeb | الدرادب
branes | Branes | البرانص | | brans, branes 1, branes 2
charf | Charf | الشرف
mghogha | Mghogha | مغوغة | | moghogha
souani | Souani | السواني
val-fleuri | Val Fleuri | فال فلوري
bir-chifa | Bir Chifa | بئر الشفاء | | بير الشفا
bni-ouriaghel | Bni Ouriaghel | بني ورياغل
aouama | Aouama | العوامة | | laaouama
casabarata | Casabarata | كسبراطة | | كاسابراطا
achakar | Achakar | أشقار
tanja-balia | Tanja Balia | طنجة البالية
hay-benkirane | Hay Benkirane | حي بنكيران | | benkirane
ahlane | Ahlane | أهلا | | ahla, hay ahlane
castilla | Castilla | كاستيا | | castilia
rahrah | Rahrah | الرهراه
ziaten | Ziaten | الزياتن
drissia | Drissia | الإدريسية | | idrissia
mers-achennad | Mers Achennad | مرس أشناد | | merchennad, marchanad
houmat-chouk | Houmat Chouk | حومة الشوك | | haoumat chouk
ard-daoula | Ard Daoula | أرض الدولة
gzenaya-al-jadida | Gzenaya Al Jadida | كزناية الجديدة
mozart | Mozart | موزار | | place mozart
val-dor | Val d’Or | فال دور
`,
  fes: `
ville-nouvelle | Ville Nouvelle | المدينة الجديدة | | centre ville
fes-el-bali | Fès El Bali | فاس البالي | | medina, ancienne medina, المدينة القديمة
fes-jdid | Fès Jdid | فاس الجديد | | fes el jadid
narjiss | Narjiss | النرجس | | nargis, hay narjiss
saada | Saâda | السعادة | | hay saada
zouagha | Zouagha | زواغة
bensouda | Bensouda | بنسودة
ain-kadous | Aïn Kadous | عين قادوس
sidi-brahim | Sidi Brahim | سيدي إبراهيم | | quartier sidi brahim
route-dimouzzer | Route d’Imouzzer | طريق إيموزار | | route dimouzzer
atlas | Atlas | الأطلس | | quartier atlas
adarissa | Adarissa | الأدارسة | | hay adarissa
mont-fleuri | Mont Fleuri | مونفلوري | | monfleuri
oued-fes | Oued Fès | واد فاس
dhar-el-mahraz | Dhar El Mahraz | ظهر المهراز | | dhar mehraz
sidi-boujida | Sidi Boujida | سيدي بوجيدة
bab-ftouh | Bab Ftouh | باب الفتوح
jnanates | Jnanates | الجنانات | | jnanat
ain-nokbi | Aïn Nokbi | عين النقبي
merja | Merja | المرجة
lido | Lido | الليدو
champs-de-course | Champs de Course | شان دو كورس | | champ de course
dokkarat | Dokkarat | الدكارات | | doukkarat
aouinat-el-hajjaj | Aouinat El Hajjaj | عوينات الحجاج
lalla-soukaina | Lalla Soukaina | لالة سكينة
hay-badr | Hay Badr | حي بدر
batha | Batha | البطحاء
agdal | Agdal | أكدال
al-qods | Al Qods | القدس | | hay qods
tghat | Tghat | تغات
`,
  marrakech: `
gueliz | Guéliz | جليز | | guiliz, gliz, كليز
hivernage | Hivernage | ليفرناج | | livernage, هيفرناج
medina | Médina | المدينة القديمة | | ancienne medina
daoudiate | Daoudiate | الداوديات | | douar daoudiate
massira | Massira | المسيرة | | massira 1, massira 2, massira 3
mhamid | M’Hamid | المحاميد | | mhamid 9
sidi-youssef-ben-ali | Sidi Youssef Ben Ali | سيدي يوسف بن علي | | sidi youssef, syba
azli | Azli | أزلي
targa | Targa | تاركة
palmeraie | Palmeraie | النخيل | | annakhil
semlalia | Semlalia | سملالية
issil | Issil | إيسيل
amerchich | Amerchich | أمرشيش
mellah | Mellah | الملاح | | hay essalam
kasbah | Kasbah | القصبة
sidi-ghanem | Sidi Ghanem | سيدي غانم | | quartier industriel sidi ghanem
assif | Assif | أسيف
socoma | Socoma | سوكوما
iziki | Iziki | إيزيكي | | hay izdihar, izdihar, الازدهار
menara | Ménara | المنارة
bab-doukkala | Bab Doukkala | باب دكالة
majorelle | Majorelle | ماجوريل
rouidat | Rouidat | رويدات
sidi-abbad | Sidi Abbad | سيدي عباد
douar-laskar | Douar Laskar | دوار العسكر | | douar askar
agdal | Agdal | أكدال
inara | Inara | إنارة
hay-hassani | Hay Hassani | الحي الحسني
saada | Saâda | السعادة
chrifia | Chrifia | الشريفية | | cherifia
mabrouka | Mabrouka | المبروكة
ain-itti | Aïn Itti | عين إيطي
ain-mezouar | Aïn Mezouar | عين مزوار
berradi | Berradi | البرادي
bouaakaz | Bouaakaz | بوعكاز
victor-hugo | Victor Hugo | فيكتور هوكو
camp-el-ghoul | Camp El Ghoul | كامب الغول
azzouzia | Azzouzia | العزوزية
riad-zitoun | Riad Zitoun | رياض الزيتون | | riad zitoun jdid, riad zitoun lakdim
`,
  sale: `
tabriquet | Tabriquet | تابريكت | | tabriket, tabrikt
hay-salam | Hay Salam | حي السلام | | salam
hay-karima | Hay Karima | حي كريمة | | karima
bettana | Bettana | بطانة | | batana
sidi-moussa | Sidi Moussa | سيدي موسى
laayayda | Laayayda | العيايدة
hssaine | Hssaine | احصاين
said-hajji | Saïd Hajji | سعيد حجي | | hay said hajji
hay-rahma | Hay Rahma | حي الرحمة | | rahma, hay arrahma
hay-inbiat | Hay Inbiat | حي الانبعاث | | inbiat
hay-chmaou | Hay Chmaou | حي شماعو | | chmaou
moulay-ismail | Moulay Ismaïl | مولاي إسماعيل | | hay moulay ismail
medina | Médina | المدينة القديمة | | ancienne medina
oued-eddahab | Oued Eddahab | واد الذهب | | hay oued eddahab
oulja | Oulja | الولجة
bab-lamrissa | Bab Lamrissa | باب المريسة | | lamrissa
karia | Karia | القرية | | kariat oulad moussa, قرية أولاد موسى
dar-el-hamra | Dar El Hamra | دار الحمراء
bab-sebta | Bab Sebta | باب سبتة
nahda | Nahda | النهضة | | hay nahda
`,
  rabat: `
centre-ville | Centre-ville | وسط المدينة
agdal | Agdal | أكدال | | haut agdal
hay-riad | Hay Riad | حي الرياض | | riad, الرياض
hassan | Hassan | حسان | | quartier hassan, tour hassan
souissi | Souissi | السويسي
ocean | Océan | المحيط | | quartier ocean
yacoub-el-mansour | Yacoub El Mansour | يعقوب المنصور | | cym
takaddoum | Takaddoum | التقدم | | hay takaddoum
youssoufia | Youssoufia | اليوسفية
akkari | Akkari | العكاري
les-orangers | Les Orangers | الليمون | | hay laymoune, حي الليمون
medina | Médina | المدينة القديمة | | ancienne medina
aviation | Aviation | أفياسيون | | laviation
nahda | Nahda | النهضة | | hay nahda, annahda
mabella | Mabella | مابيلا
kamra | Kamra | القامرة
hay-el-fath | Hay El Fath | حي الفتح | | el fath
massira | Massira | المسيرة | | hay massira
diour-jamaa | Diour Jamaâ | ديور الجامع
bab-el-had | Bab El Had | باب الأحد
chellah | Chellah | شالة
touarga | Touarga | تواركة
al-irfane | Al Irfane | العرفان | | madinat al irfane, مدينة العرفان
guich-oudaya | Guich Oudaya | كيش الوداية | | guich, guich loudaya
maadid | Maâdid | المعاضيد | | hay maadid
hay-al-manal | Hay Al Manal | حي المنال
hajja | Hajja | الحاجة | | douar hajja, دوار الحاجة
ambassadeurs | Ambassadeurs | السفراء | | quartier ambassadeurs
bir-kacem | Bir Kacem | بئر قاسم
`,
  meknes: `
hamria | Hamria | حمرية | | ville nouvelle
ancienne-medina | Ancienne Médina | المدينة القديمة | | medina
bassatine | Bassatine | البساتين | | hay bassatine
marjane | Marjane | مرجان | | marjane 1, marjane 2, marjane 3
zitoune | Zitoune | الزيتون | | hay zitoune
sidi-baba | Sidi Baba | سيدي بابا
sidi-bouzekri | Sidi Bouzekri | سيدي بوزكري
borj-moulay-omar | Borj Moulay Omar | برج مولاي عمر
plaisance | Plaisance | بليزانس
riad | Riad | الرياض | | hay riad
kamilia | Kamilia | الكاميليا | | kamelia
mansour | Mansour | المنصور | | hay mansour
sbata | Sbata | سباتة
bni-mhamed | Bni M’Hamed | بني امحمد
el-menzeh | El Menzeh | المنزه
ain-slougui | Aïn Slougui | عين السلوكي
rouamzine | Rouamzine | الروامزين
agdal | Agdal | أكدال
dar-es-salam | Dar Es Salam | دار السلام
berrima | Berrima | بريمة
neggafa | Neggafa | النكافة
annasr | Annasr | النصر | | hay nasr
el-amal | El Amal | الأمل | | hay amal
ouifak | Ouifak | الوفاق | | hay wifaq
`,
  oujda: `
centre-ville | Centre-ville | وسط المدينة
medina | Médina | المدينة القديمة | | ancienne medina
lazaret | Lazaret | لازاري | | lazari
hay-qods | Hay Qods | حي القدس | | al qods, القدس
sidi-yahya | Sidi Yahya | سيدي يحيى
sidi-maafa | Sidi Maâfa | سيدي معافة
village-toba | Village Toba | فيلاج طوبة
lamhalla | Lamhalla | المحلة
al-andalous | Al Andalous | الأندلس | | hay andalous
oued-nachef | Oued Nachef | واد الناشف
hay-salam | Hay Salam | حي السلام
annasr | Annasr | النصر | | hay nasr
boudir | Boudir | بودير
riad | Riad | الرياض | | hay riad
massira | Massira | المسيرة | | hay massira
koulouche | Koulouche | كولوش
angad | Angad | أنكاد
oued-isly | Oued Isly | واد إيسلي | | isly
`,
  kenitra: `
centre-ville | Centre-ville | وسط المدينة
medina | Médina | المدينة القديمة
maamora | Maâmora | المعمورة | | maamoura
saknia | Saknia | الساكنية
bir-rami | Bir Rami | بئر الرامي | | birrami
oulad-oujih | Oulad Oujih | أولاد وجيه
khabazat | Khabazat | الخبازات
ville-haute | Ville Haute | المدينة العليا
la-cigogne | La Cigogne | السيكون
mimosas | Mimosas | الميموزا | | mimosa
val-fleuri | Val Fleuri | فال فلوري
fouarat | Fouarat | الفوارات
diour-10000 | Diour 10000 | ديور 10000 | | 10000, diour achrat alaf
haddada | Haddada | الحدادة
assam | Assam | عصام | | hay assam
alliance | Alliance | أليانس | | alliance darna
afka | Afka | أفكا
taibia | Taïbia | الطيبية
el-menzeh | El Menzeh | المنزه
bab-fes | Bab Fès | باب فاس
`,
  agadir: `
centre-ville | Centre-ville | وسط المدينة
talborjt | Talborjt | تالبرجت | | talborj, talbourjt
hay-mohammadi | Hay Mohammadi | الحي المحمدي
dakhla | Dakhla | الداخلة | | hay dakhla, quartier dakhla
founty | Founty | فونتي | | fonty, haut founty
sonaba | Sonaba | صونابا
salam | Salam | السلام | | hay salam
houda | Houda | الهدى | | hay houda
tikiouine | Tikiouine | تيكيوين
anza | Anza | أنزا
bensergao | Bensergao | بنسركاو
les-amicales | Les Amicales | الأميكال | | amicale
charaf | Charaf | الشرف | | hay charaf
ihchach | Ihchach | إحشاش | | yachech, lhchach
nahda | Nahda | النهضة | | annahda
amsernat | Amsernat | أمسرنات
tilila | Tilila | تيليلا
cite-suisse | Cité Suisse | الحي السويسري | | quartier suisse
secteur-touristique | Secteur Touristique | القطاع السياحي | | secteur balneaire
najah | Najah | النجاح | | hay najah
massira | Massira | المسيرة | | hay massira
adrar | Adrar | أدرار | | hay adrar
taddart | Taddart | تدارت
batoir | Batoir | الباطوار | | abattoir
illigh | Illigh | إليغ
al-qods | Al Qods | القدس | | hay qods
wifaq | Wifaq | الوفاق | | hay wifaq
bouargane | Bouargane | بواركان | | erac bouargane, erac
assaka | Assaka | أساكا
lakhiam | Lakhiam | الخيام | | lkhiam
riad-salam | Riad Salam | رياض السلام
`,
}

export const districts: readonly District[] = Object.entries(table).flatMap(([cityId, rows]) =>
  namesOf(rows).map((names) => ({ ...names, id: `${cityId}-${names.id}`, cityId })),
)
