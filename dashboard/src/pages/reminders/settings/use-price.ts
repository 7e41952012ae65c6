import { useState } from 'preact/hooks';

const STORAGE_KEY = 'barkbook-sms-price';
const USUAL_PRICE = '0.17';

/** The price of a segment in złoty, kept in this browser. */
export function usePrice() {
  const [price, setPrice] = useState(() => localStorage.getItem(STORAGE_KEY) ?? USUAL_PRICE);
  return {
    price,
    setPrice: (typed: string) => {
      setPrice(typed);
      localStorage.setItem(STORAGE_KEY, typed);
    },
  };
}
