import type { Translation } from '../../lib/translation.ts'
import type { messages as fr } from '../fr/account.ts'

export const messages = {
  profile: {
    title: 'الحساب',
    you: 'المعلومات الشخصية',
    fullName: 'الاسم الكامل',
    email: 'البريد الإلكتروني',
    emailHint: 'يُستعمل لتسجيل الدخول والرسائل. لا يمكن تغييره هنا بعد.',
    language: 'لغة الرسائل الواردة',
    languageHint: 'تُختار لغة الشاشة من القائمة أسفل شريط التنقل.',
    saved: 'تم حفظ المعلومات',
    merchant: 'حساب التاجر',
    merchantName: 'اسم النشاط التجاري',
    mergesIdentical: 'دمج الطلبات المتطابقة',
    mergesIdenticalHint:
      'المتجر نفسه والرقم نفسه والمنتجات نفسها في أقل من عشر دقائق: يُلغى الثاني كطلب مكرر. ويمكن التراجع عن ذلك.',
    merchantSaved: 'تم حفظ اسم النشاط التجاري',
    memberships: 'حسابات التاجر المتاحة',
    current: 'مفتوح',
    open: 'فتح',
  },
  security: {
    title: 'الأمان',
    password: 'كلمة المرور',
    passwordHint: 'تغييرها يغلق الجلسات الأخرى.',
    current: 'كلمة المرور الحالية',
    next: 'كلمة المرور الجديدة',
    nextHint: '12 حرفًا على الأقل. جملة قصيرة تفي بالغرض.',
    change: 'تغيير كلمة المرور',
    changed: 'تم تغيير كلمة المرور وإغلاق الجلسات الأخرى',
    sessions: 'الجلسات',
    sessionsHint: 'الأجهزة التي تصل إلى هذا الحساب.',
    here: 'هذه الجلسة',
    lastSeen: 'آخر ظهور',
    started: 'بدأت',
    unknownDevice: 'جهاز غير معروف',
    device: '{{browser}} على {{system}}',
    revoke: 'إغلاق',
    revokeNamed: 'إغلاق الجلسة {{device}}',
    revoked: 'تم إغلاق الجلسة',
  },
} satisfies Translation<typeof fr, 'ar'>
