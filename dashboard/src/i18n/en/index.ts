export { messages } from '../pl/index.ts';
