/** Words of which believable buyers and orders are made. First names and family names stand in Latin and Arabic script. */
export const firstNames: readonly (readonly [latin: string, arabic: string])[] = [
  ['Salma', 'سلمى'],
  ['Youssef', 'يوسف'],
  ['Fatima Zahra', 'فاطمة الزهراء'],
  ['Mohamed', 'محمد'],
  ['Khadija', 'خديجة'],
  ['Hamza', 'حمزة'],
  ['Imane', 'إيمان'],
  ['Ayoub', 'أيوب'],
  ['Hajar', 'هاجر'],
  ['Abdellah', 'عبد الله'],
  ['Meryem', 'مريم'],
  ['Rachid', 'رشيد'],
  ['Naima', 'نعيمة'],
  ['Anas', 'أنس'],
  ['Soukaina', 'سكينة'],
  ['Omar', 'عمر'],
  ['Latifa', 'لطيفة'],
  ['Zakaria', 'زكرياء'],
  ['Ghita', 'غيثة'],
  ['Brahim', 'إبراهيم'],
  ['Asmae', 'أسماء'],
  ['Mehdi', 'المهدي'],
  ['Houda', 'هدى'],
  ['Said', 'سعيد'],
  ['Nadia', 'نادية'],
  ['Othmane', 'عثمان'],
  ['Ikram', 'إكرام'],
  ['Mustapha', 'مصطفى'],
  ['Chaimae', 'شيماء'],
  ['Driss', 'إدريس'],
  ['Wafae', 'وفاء'],
  ['Reda', 'رضا'],
  ['Amina', 'أمينة'],
  ['Ismail', 'إسماعيل'],
  ['Loubna', 'لبنى'],
  ['Karim', 'كريم'],
]

export const familyNames: readonly (readonly [latin: string, arabic: string])[] = [
  ['El Amrani', 'العمراني'],
  ['Bennani', 'بناني'],
  ['Alaoui', 'العلوي'],
  ['Idrissi', 'الإدريسي'],
  ['Tazi', 'التازي'],
  ['Berrada', 'برادة'],
  ['Chraibi', 'الشرايبي'],
  ['El Fassi', 'الفاسي'],
  ['Lahlou', 'لحلو'],
  ['Ouazzani', 'الوزاني'],
  ['Ait Benhaddou', 'آيت بنحدو'],
  ['El Khattabi', 'الخطابي'],
  ['Bouazza', 'بوعزة'],
  ['Zerouali', 'الزروالي'],
  ['Mansouri', 'المنصوري'],
  ['El Haddad', 'الحداد'],
  ['Rami', 'الرامي'],
  ['Sebti', 'السبتي'],
  ['Hilali', 'الهلالي'],
  ['Belkacem', 'بلقاسم'],
  ['Naciri', 'الناصري'],
  ['El Mokhtari', 'المختاري'],
  ['Amezian', 'أمزيان'],
  ['Boutaleb', 'بوطالب'],
]

/** Cities by weight, each in the spellings that buyers use. */
export const cities: readonly { readonly weight: number; readonly spellings: readonly string[] }[] = [
  { weight: 22, spellings: ['Casablanca', 'casa', 'CASABLANCA', 'الدار البيضاء', 'dar el beida', 'كازا'] },
  { weight: 8, spellings: ['Rabat', 'rabat', 'الرباط'] },
  { weight: 6, spellings: ['Salé', 'Sale', 'سلا'] },
  { weight: 9, spellings: ['Marrakech', 'marrakesh', 'kech', 'مراكش'] },
  { weight: 8, spellings: ['Tanger', 'Tangier', 'tanja', 'طنجة'] },
  { weight: 8, spellings: ['Fès', 'fes', 'Fez', 'فاس'] },
  { weight: 6, spellings: ['Agadir', 'AGADIR', 'أكادير', 'اكادير'] },
  { weight: 5, spellings: ['Meknès', 'meknes', 'مكناس'] },
  { weight: 4, spellings: ['Oujda', 'وجدة'] },
  { weight: 4, spellings: ['Kénitra', 'kenitra', 'القنيطرة'] },
  { weight: 3, spellings: ['Tétouan', 'tetouan', 'تطوان'] },
  { weight: 2, spellings: ['Témara', 'temara', 'تمارة'] },
  { weight: 2, spellings: ['Safi', 'asfi', 'آسفي'] },
  { weight: 2, spellings: ['Mohammedia', 'mohamedia', 'المحمدية'] },
  { weight: 2, spellings: ['El Jadida', 'jdida', 'الجديدة'] },
  { weight: 2, spellings: ['Béni Mellal', 'beni mellal', 'بني ملال'] },
  { weight: 2, spellings: ['Nador', 'الناظور'] },
  { weight: 1, spellings: ['Inezgane', 'إنزكان'] },
  { weight: 1, spellings: ['Aït Melloul', 'ait melloul', 'أيت ملول'] },
  { weight: 1, spellings: ['Khouribga', 'خريبكة'] },
  { weight: 1, spellings: ['Settat', 'سطات'] },
  { weight: 1, spellings: ['Larache', 'العرائش'] },
  { weight: 1, spellings: ['Berrechid', 'برشيد'] },
  { weight: 1, spellings: ['Khénifra', 'khenifra', 'خنيفرة'] },
  { weight: 1, spellings: ['Errachidia', 'الرشيدية'] },
  { weight: 1, spellings: ['Ouarzazate', 'ورزازات'] },
  { weight: 1, spellings: ['Laâyoune', 'laayoune', 'العيون'] },
  { weight: 1, spellings: ['Dakhla', 'الداخلة'] },
  { weight: 1, spellings: ['Al Hoceïma', 'الحسيمة'] },
  { weight: 1, spellings: ['Chefchaouen', 'chaouen', 'شفشاون'] },
]

export const latinStreets: readonly string[] = [
  'rue Ibn Sina',
  'bd Mohammed V',
  'Hay Salam, rue 7',
  'lot. Al Andalous',
  'av. Hassan II',
  'rue des Orangers',
  'Hay Mohammadi, bloc C',
  'résidence Yasmine, imm. 4',
  'av. des FAR',
  'quartier Industriel',
  'derb Sidi Ali',
  'lot. Nour, villa',
]

export const arabicStreets: readonly string[] = [
  'حي السلام زنقة 7',
  'شارع محمد الخامس',
  'تجزئة الأندلس',
  'حي المسيرة 2',
  'درب سيدي علي',
  'شارع الحسن الثاني',
]

export const landmarks: readonly string[] = [
  'près de la mosquée',
  'en face de la pharmacie',
  'حدا المسجد',
  'derrière le marché',
]

export interface ShopProduct {
  readonly productId: number
  readonly variantId: number
  readonly title: string
  readonly variant: string | null
  readonly sku: string
  readonly priceDirhams: number
}

export const shopProducts: readonly ShopProduct[] = [
  { productId: 31, variantId: 310, title: 'Lampe solaire', variant: 'Noir', sku: 'LAMP-N', priceDirhams: 219 },
  { productId: 31, variantId: 311, title: 'Lampe solaire', variant: 'Blanc', sku: 'LAMP-B', priceDirhams: 219 },
  { productId: 32, variantId: 320, title: 'Mixeur portable', variant: null, sku: 'MIX-01', priceDirhams: 249 },
  { productId: 33, variantId: 330, title: 'Montre connectée', variant: 'Noir', sku: 'WATCH-N', priceDirhams: 349 },
  { productId: 33, variantId: 331, title: 'Montre connectée', variant: 'Rose', sku: 'WATCH-R', priceDirhams: 349 },
  { productId: 34, variantId: 340, title: "Huile d'argan 100 ml", variant: null, sku: 'ARGAN-100', priceDirhams: 149 },
  { productId: 35, variantId: 350, title: 'Ceinture lombaire', variant: 'M', sku: 'BELT-M', priceDirhams: 199 },
  { productId: 35, variantId: 351, title: 'Ceinture lombaire', variant: 'L', sku: 'BELT-L', priceDirhams: 199 },
  { productId: 36, variantId: 360, title: 'Djellaba été', variant: 'Bleu / L', sku: 'DJEL-BL', priceDirhams: 429 },
  { productId: 37, variantId: 370, title: 'سماعات لاسلكية', variant: null, sku: 'AUDIO-7', priceDirhams: 179 },
  { productId: 38, variantId: 380, title: 'طقم أواني جرانيت', variant: '10 قطع', sku: 'GRAN-10', priceDirhams: 599 },
  { productId: 39, variantId: 390, title: 'Épilateur cristal', variant: null, sku: 'CRYS-1', priceDirhams: 129 },
]

export const campaigns: readonly (readonly [source: string, campaign: string])[] = [
  ['facebook', 'lampe-novembre'],
  ['facebook', 'retargeting-7j'],
  ['tiktok', 'video-cuisine'],
  ['tiktok', 'createur-03'],
  ['instagram', 'story-argan'],
  ['google', 'marque'],
]

export const buyerNotes: readonly string[] = [
  'Appeler avant de venir svp',
  'Livraison après 18h',
  'عيطو ليا قبل ما تجيو',
  "Je ne réponds pas le matin, merci d'envoyer un WhatsApp",
  'bghit nchouf le produit 9bel',
]
