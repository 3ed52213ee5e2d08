import type { Translation } from '../../lib/translation.ts'
import type { messages as fr } from '../fr/events.ts'

export const messages = {
  order: {
    created: 'تم استلام طلب أو إدخاله',
    edited: 'تم تعديل الطلب',
    moved: 'تم نقل الطلب',
    undone: 'تم التراجع عن إجراء',
    assigned: 'تم إسناد الطلب',
    note_added: 'تمت إضافة ملاحظة',
    flagged: 'تم وضع إشارة على الطلب',
    duplicates_found: 'تم العثور على طلبات مكررة',
    changed_by_shop: 'تم التعديل من المتجر',
    anonymised: 'تم حجب هوية الطلب',
  },
  customer: {
    created: 'تم إنشاء الزبون',
    phone_revealed: 'تم كشف الهاتف',
    erased: 'تم محو بيانات الزبون',
  },
  parcel: {
    intended: 'تم طلب إنشاء طرد',
    booked: 'تم إنشاء الطرد لدى شركة التوصيل',
    rejected: 'رفضت شركة التوصيل الطرد',
    outcome_unknown: 'إنشاء الطرد قيد التحقق',
    status_changed: 'تغيرت حالة الطرد',
    cancel_asked: 'تم طلب إلغاء الطرد',
    cancel_refused: 'رفضت شركة التوصيل الإلغاء',
    withdrawn: 'تم سحب الطرد',
  },
  pickup: {
    asked: 'تم طلب الاستلام',
  },
  labels: {
    asked: 'تم طلب الملصقات',
  },
  collection: {
    due: 'مبلغ مستحق التحصيل',
    marked: 'تم تسجيل التحصيل',
    withdrawn: 'تم سحب التحصيل',
    undone: 'تم التراجع عن التحصيل',
  },
  store: {
    created: 'تمت إضافة متجر',
    connected: 'تم ربط المتجر',
    edited: 'تم تعديل المتجر',
    disconnected: 'تم فصل المتجر',
    reconnecting: 'بدأت إعادة الربط',
    reconnect_needed: 'يلزم إعادة ربط المتجر',
    consent_given: 'تم منح الإذن',
    consent_refused: 'تم رفض الإذن',
    consent_failed: 'تعذّر الإذن',
    secret_rotated: 'تم تجديد مفتاح التوقيع',
    sync_asked: 'تم طلب قراءة المتجر',
    uninstalled: 'تمت إزالة التطبيق من المتجر',
    erased: 'تم محو بيانات المتجر',
    customer_redacted: 'تم محو زبون بطلب من المتجر',
    customer_data_requested: 'طلب المتجر بيانات زبون',
  },
  carrier_account: {
    created: 'تمت إضافة حساب شركة توصيل',
    connected: 'تم ربط حساب شركة التوصيل',
    edited: 'تم تعديل حساب شركة التوصيل',
    disabled: 'تم تعطيل حساب شركة التوصيل',
    refused: 'رفضت شركة التوصيل بيانات الدخول',
    tested: 'تم اختبار الاتصال بشركة التوصيل',
    sync_asked: 'تم طلب قراءة المناطق',
  },
  carrier_places: {
    synchronised: 'تمت قراءة مناطق شركة التوصيل',
    matched: 'تم ربط مدينة بمنطقة',
  },
  carrier_status: {
    mapped: 'تم ربط كلمة شركة التوصيل',
  },
  member: {
    joined: 'انضم عضو',
    edited: 'تم تعديل عضو',
    role_changed: 'تم تغيير الدور',
    disabled: 'تم تعطيل الولوج',
    enabled: 'تمت إعادة تفعيل الولوج',
    signed_in: 'تسجيل دخول',
    signed_out: 'تسجيل خروج',
    sign_in_failed: 'تم رفض تسجيل دخول',
    session_ended: 'تم إغلاق جلسة',
    sessions_ended: 'تم إغلاق الجلسات',
    password_changed: 'تم تغيير كلمة المرور',
  },
  invitation: {
    sent: 'تم إرسال دعوة',
    revoked: 'تم سحب الدعوة',
  },
  merchant: {
    founded: 'تم إنشاء حساب التاجر',
    edited: 'تم تعديل حساب التاجر',
  },
  inbound: {
    replayed: 'تمت إعادة قراءة رسالة',
  },
  dead_letter: {
    replayed: 'تمت إعادة المعالجة',
    dismissed: 'تم استبعاد المعالجة',
  },
  effect: {
    failed: 'تعذّر تنفيذ أثر',
    not_reversed: 'بقي الأثر قائمًا',
  },
} satisfies Translation<typeof fr, 'ar'>
