import { Type } from 'typebox';

export const emailSchema = Type.String({ format: 'email', maxLength: 254 });
export const nameSchema = Type.String({ minLength: 1, maxLength: 100 });
export const passwordSchema = Type.String({ minLength: 12, maxLength: 200 });

export const userSchema = Type.Object({
  id: Type.String({ format: 'uuid' }),
  email: Type.String(),
  name: Type.String(),
  createdAt: Type.String({ format: 'date-time' }),
});
