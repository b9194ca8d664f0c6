export { parsePhoneLine, type PhoneLine } from '../../../common/values/phone-line.ts';
