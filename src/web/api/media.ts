// What the API speaks. Pure.

export const JSON_TYPE = 'application/json';
