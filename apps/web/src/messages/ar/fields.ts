import type { Translation } from '../../lib/translation.ts'
import type { messages as fr } from '../fr/fields.ts'

export const messages = {
  missing: 'هذا الحقل مطلوب',
  unknown: 'هذا الحقل غير متوقع',
  wrong_type: 'هذه القيمة غير مناسبة',
  not_in_list: 'يُرجى اختيار قيمة من القائمة',
  wrong_format: 'هذه الصيغة غير مناسبة',
  too_short: 'قصير جدًا',
  too_long: 'طويل جدًا',
  too_small: 'القيمة صغيرة جدًا',
  too_large: 'القيمة كبيرة جدًا',
  too_few: 'العدد ناقص',
  too_many: 'العدد زائد',
  repeated: 'هناك قيمة مكررة',
  taken: 'هذا الاسم مستعمل',
  itself: 'لا تؤدي المرحلة إلى نفسها',
  no_reasons: 'لا توجد أسباب لهذه الحالة',
  not_with_terminal: 'غير ممكن عند نهاية المسار',
  not_for_new: 'لا تبدأ الطلبات الجديدة من النهاية',
  invalid: 'هذه القيمة غير مناسبة',
  email: 'عنوان البريد غير مكتمل. مثال: name@shop.ma',
  password: '12 حرفًا على الأقل',
  passwordTooLong: '128 حرفًا على الأكثر',
  code: 'يتكون الرمز من 6 أرقام',
} satisfies Translation<typeof fr, 'ar'>
