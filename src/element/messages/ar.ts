import type { Messages } from '../messages.js';
import { plural } from './plural.js';

/** With the digits of the texts' other numbers. */
const LANGUAGE = 'ar-u-nu-latn';

/** After “من”, out of. */
const ofPassages = plural(LANGUAGE, {
  one: 'مقطع واحد',
  two: 'مقطعين',
  few: '# مقاطع',
  many: '# مقطعًا',
  other: '# مقطع',
});

/** In quotes, and isolated, so that Latin text with signs at its ends keeps them there. */
const quoted = (text: string): string => `«\u2068${text}\u2069»`;

export const messages: Messages = {
  search: 'بحث',
  placeholder: 'ابحث أو اطرح سؤالًا',
  close: 'إغلاق',
  clear: 'مسح',
  invitation: 'اكتب كلمة أو أمرًا، أو اسأل بكلماتك الخاصة.',
  short: 'تابع الكتابة للبحث.',
  results: 'نتائج البحث',
  noResults: (query) => `لا توجد نتائج للبحث عن ${quoted(query)}`,
  noResultsHint: 'جرّب كلمات أخرى أو كلمات أقل.',
  looser: 'البحث دون علامات اقتباس أو استثناءات',
  withoutFilters: 'البحث دون عوامل تصفية',
  respelt: (typed, meant) => `لا توجد صفحة فيها ${quoted(typed)}. هذه نتائج ${quoted(meant)}.`,
  found: plural(LANGUAGE, {
    one: 'تم العثور على صفحة واحدة',
    two: 'تم العثور على صفحتين',
    few: 'تم العثور على # صفحات',
    other: 'تم العثور على # صفحة',
  }),
  more: 'عرض المزيد',
  reading: (read, of) => `نظرة ثانية: تمت قراءة ${read} من ${ofPassages(of)}`,
  read: plural(LANGUAGE, {
    one: 'نظرة ثانية: تمت قراءة مقطع واحد',
    two: 'نظرة ثانية: تمت قراءة المقطعين',
    other: 'نظرة ثانية: تمت قراءة جميع المقاطع (#)',
  }),
  reordered: 'حسّنت نظرة ثانية ترتيب النتائج',
  waiting: 'يتوفر ترتيب أفضل',
  reveal: 'عرض',
  downloading: (loaded, total) => `جارٍ تنزيل النماذج لمرة واحدة: ${loaded} من ${total} ميغابايت`,
  starting: 'جارٍ تشغيل النماذج',
  offer: (megabytes) =>
    `هل تريد أن يفهم البحث الأسئلة أيضًا؟ سيتم تنزيل ${megabytes} ميغابايت مرة واحدة، وتبقى على هذا الجهاز.`,
  accept: 'تنزيل',
  decline: 'لا، شكرًا',
  cancel: 'إلغاء',
  missing: {
    keyword: 'يتعذر البحث بالكلمات؛ النتائج حسب المعنى فقط.',
    vector: 'النتائج حسب الكلمات فقط.',
    rows: 'النتائج حسب المعنى أقل دقة.',
    rerank: 'النظرة الثانية غير متاحة.',
    passages: 'يتعذر عرض بعض النتائج.',
    remote: 'البحث لا يستجيب حاليًا. يُرجى المحاولة مرة أخرى لاحقًا.',
    filters: 'يتعذر الوصول إلى عوامل التصفية.',
    sort: 'يتعذر عرض الصفحات بالترتيب المطلوب.',
    synonyms: 'يقتصر البحث على الكلمات كما كُتبت.',
    language: 'البحث بهذه اللغة غير مكتمل حاليًا.',
    index: 'تعذّر البحث في أحد المواقع.',
  },
  failed: 'البحث لا يعمل حاليًا.',
  offline: 'لا يوجد اتصال بالإنترنت، والبحث غير محفوظ على هذا الجهاز بعد.',
  retry: 'إعادة المحاولة',
  updatesHint: 'تظهر النتائج أثناء الكتابة. استخدم مفاتيح الأسهم لاختيار إحداها.',
  keys: { choose: 'اختيار', open: 'فتح', close: 'إغلاق' },
  score: (percent) => `نظرة ثانية: ${percent}%`,
  filters: 'عوامل التصفية',
  chosen: (count) => `تم اختيار ${count}`,
  pages: plural(LANGUAGE, { one: 'صفحة واحدة', two: 'صفحتان', few: '# صفحات', other: '# صفحة' }),
  history: {
    searches: 'عمليات البحث الأخيرة',
    opened: 'فُتحت مؤخرًا',
    pinned: 'المثبّتة',
    pin: (title) => `تثبيت ${quoted(title)}`,
    unpin: (title) => `إلغاء تثبيت ${quoted(title)}`,
    forget: (title) => `إزالة ${quoted(title)}`,
    clear: 'إزالة الكل',
  },
};
