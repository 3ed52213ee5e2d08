import { namesOf } from './place-table.ts'
import type { RegionCode } from './regions.ts'

/** A place an order can be sent to. `id` never changes once published: tables and merchants' aliases refer to it. */
export interface City {
  readonly id: string
  readonly fr: string
  readonly ar: string
  readonly en: string
  readonly region: RegionCode
  /** Other spellings that people and shops use. One that stands with several cities makes the resolver ask. */
  readonly aliases: readonly string[]
}

/*
 * A row is: id | French | Arabic | English, where it is not the French name without accents | other spellings.
 * Spellings that `placeKey` already brings together (accents, articles, double letters, q and k, ou and w, beni and
 * bni) are not repeated. The list was checked against the Moroccan places of GeoNames (geonames.org, CC BY 4.0).
 */
const table: Record<RegionCode, string> = {
  'MA-01': `
tanger | Tanger | طنجة | Tangier | tanja, tanga, tenja
gueznaia | Gueznaia | اكزناية | | gzenaya, guznaya, jzenaya, كزناية, اجزناية
asilah | Asilah | أصيلة | | arcila, azila, أصيلا
sidi-lyamani | Sidi Lyamani | سيدي اليماني | | tnine sidi lyamani, sidi el yamani
larache | Larache | العرائش | | el araich, لعرايش
ksar-el-kebir | Ksar El Kébir | القصر الكبير | | ksar kbir, alcazarquivir, ksar, القصر
laouamra | Laouamra | العوامرة | | aouamra
khemis-sahel | Khémis Sahel | خميس الساحل | | sahel larache
zouada | Zouada | زوادة
khemis-bni-arouss | Khémis Bni Arouss | خميس بني عروس | | bni arouss, بني عروس
sebt-bni-garfett | Sebt Bni Garfett | سبت بني كرفط | | bni garfett, beni gorfet, بني كرفط
tatoft | Tatoft | تاطفت
tetouan | Tétouan | تطوان | | titouan, titawin, تطاون, تيطوان
martil | Martil | مرتيل | | martin plage, rio martil
mdiq | M’diq | المضيق | | madiq, mediq, rincon, lmedieq
fnideq | Fnideq | الفنيدق | | fnidik, fnidaq, castillejos, finideq
azla | Azla | أزلا | | azla plage
ben-karrich | Ben Karrich | بن قريش
oued-laou | Oued Laou | واد لاو | | oued lao
cabo-negro | Cabo Negro | كابو نيغرو | | cap negro, kabila, كابونيكرو
dar-chaoui | Dar Chaoui | دار الشاوي
ksar-sghir | Ksar Sghir | القصر الصغير | | ksar esghir, ksar seghir, ksar essaghir
melloussa | Melloussa | ملوسة | | malloussa
jouamaa | Jouamaa | الجوامعة
anjra | Anjra | أنجرة | | fahs anjra, الفحص أنجرة
saddina | Saddina | صدينة
zinat | Zinat | الزينات
mallalienne | Mallalienne | الملاليين | | mallalyine
aliyine | Aliyine | العليين
hjar-nhal | Hjar Nhal | حجر النحل | | hajar nhal, hajret nhal
chefchaouen | Chefchaouen | شفشاون | | chaouen, chaoun, chefchaoun, الشاون, الشاوين
bab-taza | Bab Taza | باب تازة
bab-berred | Bab Berred | باب برد | | bab bard
derdara | Derdara | الدردارة
jebha | Jebha | الجبهة | | jabha
stehat | Stehat | اسطيحات | | steha, stihat
talambote | Talambote | تلمبوط | | talembote
bni-bouzra | Bni Bouzra | بني بوزرة
bni-ahmed | Bni Ahmed | بني أحمد
tamorot | Tamorot | تمروت
fifi | Fifi | فيفي
ouezzane | Ouezzane | وزان | | ouazzane
mokrisset | Mokrisset | مقريصات | | mokrissat
zoumi | Zoumi | زومي
brikcha | Brikcha | ابريكشة
sidi-redouane | Sidi Redouane | سيدي رضوان | | sidi radouane
teroual | Teroual | تروال
al-hoceima | Al Hoceïma | الحسيمة | | hociema, houceima, husima, alhucemas, الحوسيمة
imzouren | Imzouren | إمزورن | | imzoren, imzourn
bni-bouayach | Bni Bouayach | بني بوعياش
targuist | Targuist | تاركيست | | تارجيست
issaguen | Issaguen | إساكن | | ketama, كتامة
bni-hadifa | Bni Hadifa | بني حذيفة
bni-boufrah | Bni Boufrah | بني بوفراح
ajdir-al-hoceima | Ajdir Al Hoceïma | أجدير الحسيمة | | ajdir, أجدير
tamassint | Tamassint | تماسينت
rouadi | Rouadi | الرواضي
senada | Senada | سنادة
`,
  'MA-02': `
oujda | Oujda | وجدة | | wajda, oujda angad, wojda
bni-drar | Bni Drar | بني درار
naima | Naïma | النعيمة
ain-sfa | Aïn Sfa | عين الصفا | | ain sefa
berkane | Berkane | بركان | | barkane, aberkane
ahfir | Ahfir | أحفير
saidia | Saïdia | السعيدية
aklim | Aklim | أكليم
ain-erreggada | Aïn Erreggada | عين الركادة | | ain rgada
madagh | Madagh | مداغ
laatamna | Laatamna | لعثامنة
sidi-slimane-echcharaa | Sidi Slimane Echcharaa | سيدي سليمان شراعة | | sidi slimane cheraa, sidi slimane charaa, sidi slimane berkane
chouihia | Chouihia | الشويحية
tafoughalt | Tafoughalt | تافوغالت | | taforalt, tafoghalt
rislane | Rislane | ريسلان
nador | Nador | الناظور | | nadour
al-aaroui | Al Aaroui | العروي | | laroui, monte arruit
selouane | Selouane | سلوان | | salwan, slouane
beni-ensar | Beni Ensar | بني انصار | | beni enzar, bni nsar, بني نصار
zeghanghane | Zeghanghane | أزغنغان | | zghanghan, segangan, zeghangan, azghanghan, زغنغان
farkhana | Farkhana | فرخانة
zaio | Zaïo | زايو | | zayou
kariat-arkmane | Kariat Arkmane | قرية أركمان | | arekmane, arkmane, kariat arekmane, أركمان
ras-el-ma-nador | Ras El Ma Nador | رأس الماء الناظور | | ras kebdana, cap de l’eau, cabo de agua, ras el ma, رأس كبدانة, رأس الماء
hassi-berkane | Hassi Berkane | حاسي بركان
taouima | Taouima | تاويمة
bouarg | Bouarg | بوعرك | | bouareg
bni-chiker | Bni Chiker | بني شيكر | | had beni chiker, beni chikar
ihaddadene | Ihaddadene | إحدادن
driouch | Driouch | الدريوش | | drioueche, drius
midar | Midar | ميضار
ben-taieb | Ben Taïeb | بن الطيب
dar-el-kebdani | Dar El Kebdani | دار الكبداني | | kebdani, dar kabdani
kassita | Kassita | قاسيطة
tafersit | Tafersit | تفرسيت
temsamane | Temsamane | تمسمان
boudinar | Boudinar | بودينار
tiztoutine | Tiztoutine | تيزطوطين
taourirt | Taourirt | تاوريرت
el-aioun-sidi-mellouk | El Aïoun Sidi Mellouk | العيون سيدي ملوك | | el aioun charkia, laayoune charkia, laayoune sidi mellouk, laayoune oriental, el aioun oriental, el aioun, العيون الشرقية, العيون
debdou | Debdou | دبدو
melga-el-ouidane | Melga El Ouidane | ملقى الويدان | | melqa el ouidane, melg el ouidane
jerada | Jerada | جرادة | | jrada
ain-beni-mathar | Aïn Beni Mathar | عين بني مطهر
touissite | Touissite | تويسيت
tiouli | Tiouli | تيولي
guenfouda | Guenfouda | كنفودة
boubker | Boubker | بوبكر | | sidi boubker jerada
oued-el-heimer | Oued El Heimer | واد الحيمر | | oued el himer
figuig | Figuig | فكيك | | fguig, فجيج
bouarfa | Bouarfa | بوعرفة
tendrara | Tendrara | تندرارة
bni-tajjit | Bni Tajjit | بني تجيت | | بني تدجيت
talsint | Talsint | تالسينت | | تالسنت
bouanane | Bouanane | بوعنان
ain-chouater | Aïn Chouater | عين الشواطر
`,
  'MA-03': `
fes | Fès | فاس | Fez | fass
ain-chkef | Aïn Chkef | عين الشقف | | ain chkaf
oulad-tayeb | Oulad Tayeb | أولاد الطيب
sidi-harazem | Sidi Harazem | سيدي حرازم | | sidi hrazem
ras-el-ma-fes | Ras El Ma Fès | رأس الماء فاس | | ras el ma, رأس الماء
moulay-yacoub | Moulay Yacoub | مولاي يعقوب
meknes | Meknès | مكناس | | meknas, miknas, mknas
toulal | Toulal | تولال
ouislane | Ouislane | ويسلان
moulay-driss-zerhoun | Moulay Driss Zerhoun | مولاي إدريس زرهون | | moulay idriss, moulay driss, moulay idriss zerhoun, zerhoun, مولاي إدريس, زرهون
boufakrane | Boufakrane | بوفكران | | boufekrane, boufkran
mhaya | Mhaya | المهاية | | mehaya, lemhaya
dkhissa | Dkhissa | الدخيسة
ain-jemaa | Aïn Jemaa | عين الجمعة
ain-karma | Aïn Karma | عين كرمة
majjate | Majjate | مجاط | | mejjat
sidi-slimane-moul-al-kifane | Sidi Slimane Moul Al Kifane | سيدي سليمان مول الكيفان | | moul kifane
haj-kaddour | Haj Kaddour | الحاج قدور
el-hajeb | El Hajeb | الحاجب | | hajb
ain-taoujdate | Aïn Taoujdate | عين تاوجطات | | ain taoujtat
sebaa-aioun | Sebaa Aïoun | سبع عيون | | sbaa ayoun, sabaa aiyoun
agourai | Agourai | أكوراي
bouderbala | Bouderbala | بودربالة
ifrane | Ifrane | إفران | | يفرن
azrou | Azrou | أزرو | | azro
ain-leuh | Aïn Leuh | عين اللوح | | ain louh
timahdite | Timahdite | تيمحضيت
sidi-addi | Sidi Addi | سيدي عدي
ben-smim | Ben Smim | بن صميم
sefrou | Sefrou | صفرو | | sfrou, safrou
bhalil | Bhalil | البهاليل | | behalil
imouzzer-kandar | Imouzzer Kandar | إيموزار كندر | | imouzzer, imouzar kandar, إموزار كندر, إيموزار
el-menzel | El Menzel | المنزل
ribate-el-kheir | Ribate El Kheir | رباط الخير | | ribat al khayr, ribat lkhir, ahermoumou
ain-cheggag | Aïn Cheggag | عين الشكاك | | ain chggag
aghbalou-akourar | Aghbalou Akourar | أغبالو أقورار
boulemane | Boulemane | بولمان | | boulmane
missour | Missour | ميسور | | missor
outat-el-haj | Outat El Haj | أوطاط الحاج | | outat oulad el haj, outat
imouzzer-marmoucha | Imouzzer Marmoucha | إيموزار مرموشة
almis-marmoucha | Almis Marmoucha | ألميس مرموشة
guigou | Guigou | كيكو | | almis guigou
skoura-mdaz | Skoura M’Daz | سكورة مداز | | skoura, skoura boulemane, سكورة
enjil | Enjil | انجيل
taounate | Taounate | تاونات
tissa | Tissa | تيسة
karia-ba-mohamed | Karia Ba Mohamed | قرية با محمد | | karia, kariat ba mohamed, القرية
ghafsai | Ghafsai | غفساي | | rafsai, ghefsai
thar-es-souk | Thar Es Souk | طهر السوق | | taher souk, dhar souk, tahar souk
ain-aicha | Aïn Aïcha | عين عائشة | | ain aicha taounate
bouhouda | Bouhouda | بوهودة
ourtzagh | Ourtzagh | ورتزاغ
galaz | Galaz | كلاز
moulay-bouchta | Moulay Bouchta | مولاي بوشتى
tabouda | Tabouda | تبودة
ratba | Ratba | الرتبة
timezgana | Timezgana | تيمزكانة
taza | Taza | تازة
oued-amlil | Oued Amlil | واد أمليل | | oued mlil
tahla | Tahla | تاهلة | | tahela
aknoul | Aknoul | أكنول
tizi-ouasli | Tizi Ouasli | تيزي وسلي | | tizi ouzli
matmata | Matmata | مطماطة
taineste | Taïneste | تايناست
ajdir-taza | Ajdir Taza | أجدير تازة | | ajdir, أجدير
bab-marzouka | Bab Marzouka | باب مرزوقة
zerarda | Zerarda | الزراردة
bni-lent | Bni Lent | بني لنت
bni-frassen | Bni Frassen | بني فراسن
had-oulad-zbair | Had Oulad Zbair | حد أولاد الزباير | | had oulad zbir
guercif | Guercif | جرسيف | | garcif, كرسيف
saka | Saka | صاكة
mezguitem | Mezguitem | مزكيتام
taddart-guercif | Taddart Guercif | تادرت | | taddart
houara-oulad-rahou | Houara Oulad Rahou | هوارة أولاد رحو | | oulad rahou
lamrija | Lamrija | لمريجة
berkine | Berkine | بركين
`,
  'MA-04': `
rabat | Rabat | الرباط | | rbat, arribat
sale | Salé | سلا | | sla, sala
sala-al-jadida | Sala Al Jadida | سلا الجديدة | | sale al jadida, sla jdida, sala jdida
bouknadel | Bouknadel | بوقنادل | | sidi bouknadel, bouqnadl, سيدي بوقنادل
shoul | Shoul | السهول | | sehoul, shoul sale
temara | Témara | تمارة | | tmara, tamara
skhirate | Skhirate | الصخيرات | | skhayrat, sekhirat
harhoura | Harhoura | الهرهورة | | herhoura
tamesna | Tamesna | تامسنا | | tamsna
ain-atiq | Aïn Atiq | عين عتيق | | ain attig
ain-el-aouda | Aïn El Aouda | عين العودة | | ain laouda
mers-el-kheir | Mers El Kheir | مرس الخير | | mers lkhir
sidi-yahya-zaer | Sidi Yahya Zaër | سيدي يحيى زعير | | sidi yahya, سيدي يحيى
oum-azza | Oum Azza | أم عزة
kenitra | Kénitra | القنيطرة | | knitra, kenitera, port lyautey
mehdia | Mehdia | المهدية | | mahdia, mehdya plage
sidi-taibi | Sidi Taïbi | سيدي الطيبي | | sidi tayebi
souk-el-arbaa | Souk El Arbaa | سوق الأربعاء | | souk larbaa, souk el arbaa du gharb, souk larbaa gharb, سوق أربعاء الغرب
moulay-bousselham | Moulay Bousselham | مولاي بوسلهام | | moulay bousslham
lalla-mimouna | Lalla Mimouna | لالة ميمونة
arbaoua | Arbaoua | عرباوة
sidi-allal-tazi | Sidi Allal Tazi | سيدي علال التازي
sidi-mohamed-lahmar | Sidi Mohamed Lahmar | سيدي محمد لحمر
benmansour | Benmansour | بنمنصور
mograne | Mograne | المكرن | | mogren
sidi-kacem | Sidi Kacem | سيدي قاسم
jorf-el-melha | Jorf El Melha | جرف الملحة | | jorf, الجرف
mechra-bel-ksiri | Mechra Bel Ksiri | مشرع بلقصيري | | belksiri, mechra, بلقصيري
had-kourt | Had Kourt | حد كورت
dar-gueddari | Dar Gueddari | دار الكداري
khenichet | Khenichet | الخنيشات | | khnichat
zirara | Zirara | زيرارة
sidi-slimane | Sidi Slimane | سيدي سليمان | | sidi slimane gharb
sidi-yahya-el-gharb | Sidi Yahya El Gharb | سيدي يحيى الغرب | | sidi yahya, سيدي يحيى
dar-belamri | Dar Belamri | دار بلعامري
khemisset | Khémisset | الخميسات | | khmissat, khemissat, khmisset
tiflet | Tiflet | تيفلت | | tifelt, tiflt
rommani | Rommani | الرماني | | roummani
oulmes | Oulmès | أولماس
tiddas | Tiddas | تيداس
maaziz | Maaziz | المعازيز
sidi-allal-el-bahraoui | Sidi Allal El Bahraoui | سيدي علال البحراوي | | kamouni, bahraoui, الكاموني
ait-yadine | Aït Yadine | آيت يدين | | souk khmis ait yadine
brachoua | Brachoua | البراشوة | | had brachoua
ezzhiliga | Ezzhiliga | الزحيليكة
marchouch | Marchouch | مرشوش
sidi-abderrazak | Sidi Abderrazak | سيدي عبد الرزاق
ain-johra | Aïn Johra | عين الجوهرة | | ain jouhra
`,
  'MA-05': `
beni-mellal | Béni Mellal | بني ملال | | bni mlal
kasba-tadla | Kasba Tadla | قصبة تادلة | | kasbat tadla, tadla, تادلة
el-ksiba | El Ksiba | القصيبة | | leksiba
zaouiat-cheikh | Zaouiat Cheikh | زاوية الشيخ | | zaouia cheikh, zaouit cheikh
aghbala | Aghbala | أغبالة
oulad-mbarek | Oulad M’Barek | أولاد امبارك | | oulad embarek
oulad-yaich | Oulad Yaïch | أولاد يعيش
sidi-jaber | Sidi Jaber | سيدي جابر
timoulilt | Timoulilt | تيموليلت
foum-el-anser | Foum El Anser | فم العنصر | | foum lanser
tagzirt | Tagzirt | تاكزيرت
fquih-ben-salah | Fquih Ben Salah | الفقيه بن صالح | | fkih ben saleh, fqih bensalah
souk-sebt-oulad-nemma | Souk Sebt Oulad Nemma | سوق السبت أولاد النمة | | souk sebt, oulad nemma, سوق السبت, أولاد النمة
oulad-ayad | Oulad Ayad | أولاد عياد
dar-ould-zidouh | Dar Ould Zidouh | دار ولد زيدوح
had-boumoussa | Had Boumoussa | حد بوموسى
bradia | Bradia | البرادية | | had bradia, souk had bradia
oulad-zmam | Oulad Zmam | أولاد زمام
azilal | Azilal | أزيلال
demnate | Demnate | دمنات | | damnat
afourer | Afourer | أفورار | | afourar
bzou | Bzou | بزو
ouaouizeght | Ouaouizeght | واويزغت | | ouaouizaght, ouaouizert
foum-jemaa | Foum Jemaa | فم الجمعة
ait-attab | Aït Attab | آيت عتاب
ait-mhamed | Aït M’Hamed | آيت امحمد
tabant | Tabant | تبانت | | ait bouguemez, آيت بوكماز
anergui | Anergui | أنركي
tilouguite | Tilouguite | تيلوكيت
zaouiat-ahansal | Zaouiat Ahansal | زاوية أحنصال | | zaouia ahansal
ouaoula | Ouaoula | واولى
tanant | Tanant | تنانت
bin-el-ouidane | Bin El Ouidane | بين الويدان
khouribga | Khouribga | خريبكة | | khribga, kheribga, خريبغة
oued-zem | Oued Zem | وادي زم | | oued zam
boujaad | Boujaad | أبي الجعد | | bejaad, bjaad, أبو الجعد, بجعد
boujniba | Boujniba | بوجنيبة | | boujneiba
hattane | Hattane | حطان
boulanouare | Boulanouare | بولنوار | | sidi boulanouar
khenifra | Khénifra | خنيفرة | | khnifra, khenifera
mrirt | M’rirt | مريرت | | amrirt
aguelmous | Aguelmous | أكلموس
moulay-bouazza | Moulay Bouazza | مولاي بوعزة
kerrouchen | Kerrouchen | كروشن
el-kbab | El Kbab | القباب
tighassaline | Tighassaline | تيغسالين | | tighessaline
ait-ishaq | Aït Ishaq | آيت إسحاق | | zaouia ait ishak
had-bouhssoussen | Had Bouhssoussen | حد بوحسوسن | | bouhssoussen
sidi-lamine | Sidi Lamine | سيدي لامين
ouaoumana | Ouaoumana | واومانة | | ait ouaoumana
`,
  'MA-06': `
casablanca | Casablanca | الدار البيضاء | | casa, kaza, dar el beida, dar el baida, dar lbida, كازا, كازابلانكا, كاسا, البيضاء, الدارالبيضاء
mohammedia | Mohammédia | المحمدية | | mohammadia, mohemmedia, fedala, فضالة
ain-harrouda | Aïn Harrouda | عين حرودة
beni-yakhlef | Beni Yakhlef | بني يخلف
echellalate | Echellalate | الشلالات | | chellalat
tit-mellil | Tit Mellil | تيط مليل
mediouna | Médiouna | مديونة | | mediona
lahraouyine | Lahraouyine | الهراويين | | hraouiyine
sidi-hajjaj-oued-hassar | Sidi Hajjaj Oued Hassar | سيدي حجاج واد حصار | | sidi hajjaj
bouskoura | Bouskoura | بوسكورة | | bouskora, ville verte bouskoura, ville verte
nouaceur | Nouaceur | النواصر | | nwasser
dar-bouazza | Dar Bouazza | دار بوعزة
oulad-salah | Oulad Salah | أولاد صالح | | oulad saleh
errahma | Errahma | الرحمة | | madinat errahma, ville errahma, rahma dar bouazza, مدينة الرحمة
berrechid | Berrechid | برشيد | | berchid, brchid
had-soualem | Had Soualem | حد السوالم | | soualem, السوالم
sidi-rahal-chatai | Sidi Rahal Chatai | سيدي رحال الشاطئ | | sidi rahal plage, sidi rahal chatie, sidi rahal, سيدي رحال
deroua | Deroua | الدروة | | darwa
el-gara | El Gara | الكارة
oulad-abbou | Oulad Abbou | أولاد عبو | | jemaat oulad abbou
oulad-ziane | Oulad Ziane | أولاد زيان
sahel-oulad-hriz | Sahel Oulad H’Riz | الساحل أولاد حريز
soualem-trifia | Soualem Trifia | السوالم الطريفية
settat | Settat | سطات | | stat
ben-ahmed | Ben Ahmed | ابن أحمد | | bnahmed, بن أحمد, بنحمد
el-borouj | El Borouj | البروج | | brouj
oulad-mrah | Oulad M’Rah | أولاد امراح
oulad-said | Oulad Saïd | أولاد سعيد
guisser | Guisser | كيسر
loulad | Loulad | لولاد | | tlat loulad, tlata loulad
ras-el-ain-chaouia | Ras El Aïn Chaouia | رأس العين الشاوية | | ras el ain, رأس العين
sidi-el-aidi | Sidi El Aïdi | سيدي العايدي
mellila-benslimane | Mellila Benslimane | مليلة | | mellila
el-jadida | El Jadida | الجديدة | | jdida, jedida, mazagan, مازاغان
azemmour | Azemmour | أزمور | | azamour, azmour
bir-jdid | Bir Jdid | البئر الجديد | | bir jedid, bir jadid
moulay-abdallah-amghar | Moulay Abdallah Amghar | مولاي عبد الله أمغار | | moulay abdellah, moulay abdallah, moulay abdellah amghar, مولاي عبد الله
sidi-bouzid | Sidi Bouzid | سيدي بوزيد | | sidi bouzid plage
jorf-lasfar | Jorf Lasfar | الجرف الأصفر | | jorf el asfar, jorf, الجرف
oulad-frej | Oulad Frej | أولاد افرج | | had oulad frej, oulad fraj
haouzia | Haouzia | الحوزية
chtouka-el-jadida | Chtouka El Jadida | اشتوكة
sidi-ali-ben-hamdouche | Sidi Ali Ben Hamdouche | سيدي علي بن حمدوش | | sidi ali, sidi ali azemmour
oulad-ghanem | Oulad Ghanem | أولاد غانم | | oulad ghanim
boulaouane | Boulaouane | بولعوان
sidi-bennour | Sidi Bennour | سيدي بنور | | sidi ben nour
zemamra | Zemamra | الزمامرة | | zmamra, khemis zemamra, خميس الزمامرة
oualidia | Oualidia | الوليدية
sidi-smail | Sidi Smaïl | سيدي إسماعيل | | sidi ismail
oulad-amrane | Oulad Amrane | أولاد عمران | | oulad omrane
laounate | Laounate | لعونات | | arbaa laaounate, larbaa laounate
benslimane | Benslimane | بنسليمان | | bn slimane, ابن سليمان
bouznika | Bouznika | بوزنيقة
el-mansouria | El Mansouria | المنصورية | | mansouria plage
cherrat | Cherrat | شراط
ziaida | Ziaida | الزيايدة
fdalate | Fdalate | فضالات
`,
  'MA-07': `
marrakech | Marrakech | مراكش | Marrakesh | kech, mrakech, mrakch, merrakech, marrakch, مراكش الحمراء
tamansourt | Tamansourt | تامنصورت | | tamensourt
harbil | Harbil | حربيل
loudaya | Loudaya | الأوداية | | oudaya marrakech
sidi-zouine | Sidi Zouine | سيدي الزوين
tassoultante | Tassoultante | تسلطانت | | tassoltante
ouahat-sidi-brahim | Ouahat Sidi Brahim | واحة سيدي إبراهيم
safi | Safi | آسفي | | asfi, assafi
jemaa-shaim | Jemaâ Shaim | جمعة سحيم | | jemaa shim
sebt-gzoula | Sebt Gzoula | سبت كزولة | | sebt guezoula, gzoula
tlet-bouguedra | Tlet Bouguedra | ثلاثاء بوكدرة | | tlat bouguedra, bouguedra, tlet sidi bouguedra
had-hrara | Had Hrara | حد احرارة | | hrara
souira-kedima | Souira Kedima | الصويرة القديمة | | souiria, souiria kdima
essaouira | Essaouira | الصويرة | | swira, saouera, mogador
tamanar | Tamanar | تمنار | | tmanar
smimou | Smimou | اسميمو
talmest | Talmest | تالمست
ounagha | Ounagha | أونغا | | ounara
el-hanchane | El Hanchane | الحنشان | | tlet el hanchane, hnchane
ait-daoud | Aït Daoud | آيت داود
had-dra | Had Dra | حد الدرا
tafetachte | Tafetachte | تافتاشت
sidi-kaouki | Sidi Kaouki | سيدي كاوكي
ghazoua | Ghazoua | الغازوة
el-kelaa-des-sraghna | El Kelâa des Sraghna | قلعة السراغنة | | kelaat sraghna, qalaat sraghna, kalaa sraghna, sraghna, kelaa, السراغنة, القلعة
attaouia | Attaouia | العطاوية | | laattaouia
tamellalt | Tamellalt | تاملالت | | tamlalt, tamellelt, tamallalt
sidi-rahhal | Sidi Rahhal | سيدي رحال | | sidi rahal marrakech, sidi rahal kelaa
ben-guerir | Ben Guerir | بن جرير | | bengrir, ibn jarir, bn guerir, ابن جرير, بن كرير
skhour-rehamna | Skhour Rehamna | صخور الرحامنة | | skhour rhamna
sidi-bou-othmane | Sidi Bou Othmane | سيدي بوعثمان | | sidi bouathmane, sidi boutmane
ras-el-ain-rehamna | Ras El Aïn Rehamna | رأس العين الرحامنة | | ras el ain, رأس العين
bouchane | Bouchane | بوشان
nzalat-laadam | Nzalat Laadam | نزالة لعظم
labrikiyne | Labrikiyne | لبريكيين
chichaoua | Chichaoua | شيشاوة | | chichaoua ville
imintanoute | Imintanoute | إيمنتانوت | | إمينتانوت
sidi-el-mokhtar | Sidi El Mokhtar | سيدي المختار
bouabout | Bouabout | بوابوض
douirane | Douirane | دويران
youssoufia | Youssoufia | اليوسفية | | yousofia, louis gentil
echemmaia | Echemmaia | الشماعية | | chemmaia
ighoud | Ighoud | إيغود | | tlet ighoud, jbel irhoud
sidi-ahmed | Sidi Ahmed | سيدي أحمد
tahannaout | Tahannaout | تحناوت | | tahnaout, tahannout
ait-ourir | Aït Ourir | آيت أورير
amizmiz | Amizmiz | أمزميز | | amzmiz
tameslouht | Tameslouht | تامصلوحت | | tamesloht, tamslouht
ghmate | Ghmate | أغمات | | aghmat
ourika | Ourika | أوريكة | | ourika valley, vallee de l’ourika
asni | Asni | أسني
moulay-brahim | Moulay Brahim | مولاي إبراهيم
imlil | Imlil | إمليل
sidi-abdellah-ghiat | Sidi Abdellah Ghiat | سيدي عبد الله غيات | | sidi abdallah ghiat
lalla-takerkoust | Lalla Takerkoust | لالة تكركوست | | takerkoust
oukaimeden | Oukaïmeden | أوكايمدن | | oukaimden
setti-fatma | Setti Fatma | ستي فاطمة | | setti fadma
talat-nyaaqoub | Talat N’Yaaqoub | ثلاث نيعقوب
ouirgane | Ouirgane | ويركان
aghouatim | Aghouatim | أغواطيم
touama | Touama | التوامة
tidili-mesfioua | Tidili Mesfioua | تيديلي مسفيوة
abadou | Abadou | أبادو
zerkten | Zerkten | زرقطن
`,
  'MA-08': `
errachidia | Errachidia | الرشيدية | | arrachidia, rachdia, ksar souk, قصر السوق
erfoud | Erfoud | أرفود | | arfoud
rissani | Rissani | الريصاني
merzouga | Merzouga | مرزوكة | | marzouga
goulmima | Goulmima | كلميمة
tinejdad | Tinejdad | تنجداد | | tinjdad, tinajdad
boudnib | Boudnib | بودنيب | | boudenib
jorf | Jorf | الجرف | | jorf errachidia
aoufous | Aoufous | أوفوس
fezna | Fezna | فزنة
moulay-ali-cherif | Moulay Ali Cherif | مولاي علي الشريف
midelt | Midelt | ميدلت | | midlt, midilt
rich | Rich | الريش
imilchil | Imilchil | إملشيل
tounfite | Tounfite | تونفيت
boumia | Boumia | بومية
itzer | Itzer | إيتزر
zaida | Zaïda | زايدة
gourrama | Gourrama | كرامة
amersid | Amersid | أمرصيد
aghbalou-nisserdane | Aghbalou N’Isserdane | أغبالو إسردان | | aghbalou nserdane
tinghir | Tinghir | تنغير | | tinerhir, tineghir, tinrhir
kelaat-mgouna | Kelâat M’Gouna | قلعة مكونة | | kelaa mgouna, kalaat mgouna, kalaa mgouna
boumalne-dades | Boumalne Dadès | بومالن دادس | | boumalne, boumalen dades, بومالن
alnif | Alnif | ألنيف
assoul | Assoul | أسول
imider | Imider | إميضر
ikniouen | Ikniouen | إكنيون
msemrir | Msemrir | مسمرير
ait-hani | Aït Hani | آيت هاني
toudgha | Toudgha | تودغى | | todgha, todra
ouarzazate | Ouarzazate | ورزازات | | ouarzazte, وارزازات
tarmigte | Tarmigte | ترميكت | | tabounte, تابونت
skoura-ahl-el-oust | Skoura Ahl El Oust | سكورة أهل الوسط | | skoura, skoura ouarzazate, سكورة
taznakht | Taznakht | تازناخت | | tazenakht
amerzgane | Amerzgane | أمرزكان
telouet | Telouet | تلوات
ait-zineb | Aït Zineb | آيت زينب | | ait ben haddou, آيت بن حدو
zagora | Zagora | زاكورة | | zakora, zagoura, زكورة
agdz | Agdz | أكدز | | agdez, agdaz
tamegroute | Tamegroute | تامكروت
mhamid-el-ghizlane | M’Hamid El Ghizlane | امحاميد الغزلان | | mhamid zagora, محاميد الغزلان
tazarine | Tazarine | تازارين
nkob | N’Kob | النقوب | | nekob
tagounite | Tagounite | تاكونيت
beni-zoli | Béni Zoli | بني زولي | | beni zouli
`,
  'MA-09': `
agadir | Agadir | أكادير | | agader, أغادير, أجادير
drarga | Drarga | الدراركة | | drargua
aourir | Aourir | أورير
taghazout | Taghazout | تغازوت | | tarhazout
tamri | Tamri | تامري
imouzzer-ida-outanane | Imouzzer Ida Outanane | إيموزار إداوتنان | | imouzzer agadir
inezgane | Inezgane | إنزكان | | inzegane, inzgane
ait-melloul | Aït Melloul | آيت ملول | | ait mloul
dcheira-el-jihadia | Dcheira El Jihadia | الدشيرة الجهادية | | dcheira, dchira, dchira jihadia, dcheira inezgane, الدشيرة
temsia | Temsia | التمسية | | oued temsia
lqliaa | Lqliâa | القليعة | | kolea, qoliaa, qlea
oulad-dahou | Oulad Dahou | أولاد دحو
biougra | Biougra | بيوكرى | | biogra
ait-baha | Aït Baha | آيت باها
ait-amira | Aït Amira | آيت عميرة | | khmis ait amira
sidi-bibi | Sidi Bibi | سيدي بيبي
inchaden | Inchaden | إنشادن
massa | Massa | ماسة
belfaa | Belfaa | بلفاع
ait-milk | Aït Milk | آيت ميلك
tanalt | Tanalt | تنالت
taroudant | Taroudant | تارودانت | | roudana, رودانة
oulad-teima | Oulad Teïma | أولاد تايمة | | oulad taima, oulad tima, houara, haouara, هوارة
sebt-el-guerdane | Sebt El Guerdane | سبت الكردان | | guerdane, gardane
oulad-berhil | Oulad Berhil | أولاد برحيل | | oulad berrehil, oulad barhil
aoulouz | Aoulouz | أولوز
taliouine | Taliouine | تالوين | | talwin
igherm | Igherm | إغرم | | ighrem, ighram
ait-iaaza | Aït Iaaza | آيت إيعزة
tafingoult | Tafingoult | تافنكولت | | tafinegoult
argana | Argana | أركانة
bigoudine | Bigoudine | بيكودين
tiout | Tiout | تيوت
arazane | Arazane | أرزان
tiznit | Tiznit | تيزنيت | | tznit
tafraout | Tafraout | تافراوت
arbaa-sahel | Arbaa Sahel | أربعاء الساحل
ouijjane | Ouijjane | ويجان
aglou | Aglou | أكلو | | aglou plage
reggada | Reggada | الركادة | | ergada
anzi | Anzi | أنزي
tata | Tata | طاطا
akka | Akka | أقا
foum-zguid | Foum Zguid | فم زكيد
fam-el-hisn | Fam El Hisn | فم الحصن | | foum el hisn
tissint | Tissint | تسينت
issafen | Issafen | إسافن
`,
  'MA-10': `
guelmim | Guelmim | كلميم | | goulimine, gulmim, glmim, guelmin, كليميم
bouizakarne | Bouizakarne | بويزكارن | | bouizakaren
taghjijt | Taghjijt | تغجيجت | | taghjicht, tarhjijt
ifrane-anti-atlas | Ifrane Anti-Atlas | إفران الأطلس الصغير | | ifrane atlas saghir, ifrane guelmim
asrir | Asrir | أسرير
fask | Fask | فاصك
timoulay | Timoulay | تيمولاي
abaynou | Abaynou | أباينو
sidi-ifni | Sidi Ifni | سيدي إفني | | ifni
mirleft | Mirleft | ميرلفت | | mirlaft
lakhsas | Lakhsas | لخصاص | | akhsas
tighirt | Tighirt | تيغيرت
tan-tan | Tan-Tan | طانطان | | tanetane, طنطان
el-ouatia | El Ouatia | الوطية | | tan tan plage, louatia plage
msied | Msied | امسيد | | messeied
assa | Assa | آسا
zag | Zag | الزاك
`,
  'MA-11': `
laayoune | Laâyoune | العيون | | el aaiun, laayoune ville, laayoune sahara
el-marsa | El Marsa | المرسى | | laayoune port, laayoune marsa
foum-el-oued | Foum El Oued | فم الواد | | laayoune plage
boukraa | Boukraa | بوكراع
boujdour | Boujdour | بوجدور | | boujdor, bojador
smara | Smara | السمارة | | semara, assmara
tarfaya | Tarfaya | طرفاية
akhfennir | Akhfennir | أخفنير
tah | Tah | الطاح
daoura | Daoura | الدورة
el-hagounia | El Hagounia | الحكونية
gueltat-zemmour | Gueltat Zemmour | كلتة زمور | | guelta zemmour
`,
  'MA-12': `
dakhla | Dakhla | الداخلة | | dakla, dekhla, villa cisneros
el-argoub | El Argoub | العركوب
aousserd | Aousserd | أوسرد | | awsard
bir-gandouz | Bir Gandouz | بئر كندوز | | bir guendouz
guerguerat | Guerguerat | الكركرات | | gargarat
imlili | Imlili | إمليلي
bir-anzarane | Bir Anzarane | بئر أنزران
tichla | Tichla | تشلا
`,
}

export const cities: readonly City[] = Object.entries(table).flatMap(([region, rows]) =>
  namesOf(rows).map((names) => ({ ...names, region: region as RegionCode })),
)

export const cityById: ReadonlyMap<string, City> = new Map(cities.map((city) => [city.id, city]))
