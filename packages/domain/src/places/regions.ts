/** The twelve regions of Morocco. Codes and names: ISO 3166-2. */
export const regions = [
  { code: 'MA-01', fr: 'Tanger-Tétouan-Al Hoceïma', ar: 'طنجة-تطوان-الحسيمة', en: 'Tangier-Tetouan-Al Hoceima' },
  { code: 'MA-02', fr: 'L’Oriental', ar: 'الشرق', en: 'Oriental' },
  { code: 'MA-03', fr: 'Fès-Meknès', ar: 'فاس-مكناس', en: 'Fez-Meknes' },
  { code: 'MA-04', fr: 'Rabat-Salé-Kénitra', ar: 'الرباط-سلا-القنيطرة', en: 'Rabat-Sale-Kenitra' },
  { code: 'MA-05', fr: 'Béni Mellal-Khénifra', ar: 'بني ملال-خنيفرة', en: 'Beni Mellal-Khenifra' },
  { code: 'MA-06', fr: 'Casablanca-Settat', ar: 'الدار البيضاء-سطات', en: 'Casablanca-Settat' },
  { code: 'MA-07', fr: 'Marrakech-Safi', ar: 'مراكش-آسفي', en: 'Marrakesh-Safi' },
  { code: 'MA-08', fr: 'Drâa-Tafilalet', ar: 'درعة-تافيلالت', en: 'Draa-Tafilalet' },
  { code: 'MA-09', fr: 'Souss-Massa', ar: 'سوس-ماسة', en: 'Souss-Massa' },
  { code: 'MA-10', fr: 'Guelmim-Oued Noun', ar: 'كلميم-واد نون', en: 'Guelmim-Oued Noun' },
  { code: 'MA-11', fr: 'Laâyoune-Sakia El Hamra', ar: 'العيون-الساقية الحمراء', en: 'Laayoune-Sakia El Hamra' },
  { code: 'MA-12', fr: 'Dakhla-Oued Ed-Dahab', ar: 'الداخلة-وادي الذهب', en: 'Dakhla-Oued Ed-Dahab' },
] as const

export type Region = (typeof regions)[number]
export type RegionCode = Region['code']
export const regionCodes: readonly RegionCode[] = regions.map((region) => region.code)
