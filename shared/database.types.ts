// Generated from the migrations by `npm run types`; not edited by hand.

export type Json = string | number | boolean | null | { [key: string]: Json | undefined } | Json[];

export type Database = {
  'public': {
    Tables: {
      'calendar_event_uids': {
        Row: {
          'booking_uid': string;
          'cal_com_event_id': string;
          'created_at': string;
          'event_id': string;
          'generation': number;
          'replaces': string | null;
        };
        ComputedFields: never;
        Insert: {
          'booking_uid': string;
          'cal_com_event_id': string;
          'created_at'?: string;
          'event_id': string;
          'generation'?: number;
          'replaces'?: string | null;
        };
        Update: {
          'booking_uid'?: string;
          'cal_com_event_id'?: string;
          'created_at'?: string;
          'event_id'?: string;
          'generation'?: number;
          'replaces'?: string | null;
        };
        Relationships: [
          {
            foreignKeyName: 'calendar_event_uids_event_id_fkey';
            columns: ['event_id'];
            isOneToOne: false;
            referencedRelation: 'calendar_events';
            referencedColumns: ['id'];
          },
        ];
      };
      'calendar_events': {
        Row: {
          'attendee_email': string | null;
          'attendee_phone': string | null;
          'cal_com_event_id': string;
          'cancellation_reason': string | null;
          'cancelled_at': string | null;
          'client_id': string | null;
          'created_at': string | null;
          'description': string | null;
          'duration_minutes': number | null;
          'end_time': string;
          'ical_uid': string | null;
          'id': string;
          'last_event_at': string | null;
          'link_source': string | null;
          'location': string | null;
          'meeting_url': string | null;
          'pet_id': string | null;
          'salon_id': string | null;
          'start_time': string;
          'status': string | null;
          'status_before_no_show': string | null;
          'synced_at': string | null;
          'title': string;
          'updated_at': string | null;
        };
        ComputedFields: never;
        Insert: {
          'attendee_email'?: string | null;
          'attendee_phone'?: string | null;
          'cal_com_event_id': string;
          'cancellation_reason'?: string | null;
          'cancelled_at'?: string | null;
          'client_id'?: string | null;
          'created_at'?: string | null;
          'description'?: string | null;
          'duration_minutes'?: number | null;
          'end_time': string;
          'ical_uid'?: string | null;
          'id'?: string;
          'last_event_at'?: string | null;
          'link_source'?: string | null;
          'location'?: string | null;
          'meeting_url'?: string | null;
          'pet_id'?: string | null;
          'salon_id'?: string | null;
          'start_time': string;
          'status'?: string | null;
          'status_before_no_show'?: string | null;
          'synced_at'?: string | null;
          'title': string;
          'updated_at'?: string | null;
        };
        Update: {
          'attendee_email'?: string | null;
          'attendee_phone'?: string | null;
          'cal_com_event_id'?: string;
          'cancellation_reason'?: string | null;
          'cancelled_at'?: string | null;
          'client_id'?: string | null;
          'created_at'?: string | null;
          'description'?: string | null;
          'duration_minutes'?: number | null;
          'end_time'?: string;
          'ical_uid'?: string | null;
          'id'?: string;
          'last_event_at'?: string | null;
          'link_source'?: string | null;
          'location'?: string | null;
          'meeting_url'?: string | null;
          'pet_id'?: string | null;
          'salon_id'?: string | null;
          'start_time'?: string;
          'status'?: string | null;
          'status_before_no_show'?: string | null;
          'synced_at'?: string | null;
          'title'?: string;
          'updated_at'?: string | null;
        };
        Relationships: [
          {
            foreignKeyName: 'calendar_events_client_id_fkey';
            columns: ['client_id', 'salon_id'];
            isOneToOne: false;
            referencedRelation: 'clients';
            referencedColumns: ['id', 'salon_id'];
          },
          {
            foreignKeyName: 'calendar_events_pet_id_fkey';
            columns: ['pet_id', 'salon_id'];
            isOneToOne: false;
            referencedRelation: 'pets';
            referencedColumns: ['id', 'salon_id'];
          },
          {
            foreignKeyName: 'calendar_events_salon_id_fkey';
            columns: ['salon_id'];
            isOneToOne: false;
            referencedRelation: 'salons';
            referencedColumns: ['id'];
          },
        ];
      };
      'client_pets': {
        Row: {
          'client_id': string;
          'pet_id': string;
        };
        ComputedFields: never;
        Insert: {
          'client_id': string;
          'pet_id': string;
        };
        Update: {
          'client_id'?: string;
          'pet_id'?: string;
        };
        Relationships: [
          {
            foreignKeyName: 'client_pets_client_id_fkey';
            columns: ['client_id'];
            isOneToOne: false;
            referencedRelation: 'clients';
            referencedColumns: ['id'];
          },
          {
            foreignKeyName: 'client_pets_pet_id_fkey';
            columns: ['pet_id'];
            isOneToOne: false;
            referencedRelation: 'pets';
            referencedColumns: ['id'];
          },
        ];
      };
      'clients': {
        Row: {
          'address': string | null;
          'created_at': string;
          'email': string | null;
          'gdpr_consent_date': string | null;
          'has_gdpr_consent': boolean;
          'id': string;
          'name': string;
          'phone_number': string;
          'salon_id': string | null;
          'surname': string;
        };
        ComputedFields: never;
        Insert: {
          'address'?: string | null;
          'created_at'?: string;
          'email'?: string | null;
          'gdpr_consent_date'?: string | null;
          'has_gdpr_consent'?: boolean;
          'id'?: string;
          'name': string;
          'phone_number': string;
          'salon_id'?: string | null;
          'surname': string;
        };
        Update: {
          'address'?: string | null;
          'created_at'?: string;
          'email'?: string | null;
          'gdpr_consent_date'?: string | null;
          'has_gdpr_consent'?: boolean;
          'id'?: string;
          'name'?: string;
          'phone_number'?: string;
          'salon_id'?: string | null;
          'surname'?: string;
        };
        Relationships: [
          {
            foreignKeyName: 'clients_salon_id_fkey';
            columns: ['salon_id'];
            isOneToOne: false;
            referencedRelation: 'salons';
            referencedColumns: ['id'];
          },
        ];
      };
      'pets': {
        Row: {
          'age': number | null;
          'allergies': string | null;
          'breed': string | null;
          'created_at': string;
          'health_issues': string | null;
          'id': string;
          'name': string;
          'notes': string | null;
          'preferences': string | null;
          'salon_id': string | null;
          'type': string | null;
        };
        ComputedFields: never;
        Insert: {
          'age'?: number | null;
          'allergies'?: string | null;
          'breed'?: string | null;
          'created_at'?: string;
          'health_issues'?: string | null;
          'id'?: string;
          'name': string;
          'notes'?: string | null;
          'preferences'?: string | null;
          'salon_id'?: string | null;
          'type'?: string | null;
        };
        Update: {
          'age'?: number | null;
          'allergies'?: string | null;
          'breed'?: string | null;
          'created_at'?: string;
          'health_issues'?: string | null;
          'id'?: string;
          'name'?: string;
          'notes'?: string | null;
          'preferences'?: string | null;
          'salon_id'?: string | null;
          'type'?: string | null;
        };
        Relationships: [
          {
            foreignKeyName: 'pets_salon_id_fkey';
            columns: ['salon_id'];
            isOneToOne: false;
            referencedRelation: 'salons';
            referencedColumns: ['id'];
          },
        ];
      };
      'salon_members': {
        Row: {
          'created_at': string;
          'role': string;
          'salon_id': string;
          'user_id': string;
        };
        ComputedFields: never;
        Insert: {
          'created_at'?: string;
          'role'?: string;
          'salon_id': string;
          'user_id': string;
        };
        Update: {
          'created_at'?: string;
          'role'?: string;
          'salon_id'?: string;
          'user_id'?: string;
        };
        Relationships: [
          {
            foreignKeyName: 'salon_members_salon_id_fkey';
            columns: ['salon_id'];
            isOneToOne: false;
            referencedRelation: 'salons';
            referencedColumns: ['id'];
          },
        ];
      };
      'salons': {
        Row: {
          'address': string | null;
          'cal_com_username': string | null;
          'created_at': string | null;
          'id': string;
          'name': string;
          'nip': string | null;
          'timezone': string;
          'updated_at': string | null;
          'user_id': string | null;
        };
        ComputedFields: never;
        Insert: {
          'address'?: string | null;
          'cal_com_username'?: string | null;
          'created_at'?: string | null;
          'id'?: string;
          'name': string;
          'nip'?: string | null;
          'timezone'?: string;
          'updated_at'?: string | null;
          'user_id'?: string | null;
        };
        Update: {
          'address'?: string | null;
          'cal_com_username'?: string | null;
          'created_at'?: string | null;
          'id'?: string;
          'name'?: string;
          'nip'?: string | null;
          'timezone'?: string;
          'updated_at'?: string | null;
          'user_id'?: string | null;
        };
        Relationships: [];
      };
      'webhook_logs': {
        Row: {
          'action': string | null;
          'attempts': number;
          'booking': Json | null;
          'books_a_time': boolean;
          'cal_com_event_id': string | null;
          'created_at': string;
          'delivery_key': string | null;
          'duration_ms': number | null;
          'error_message': string | null;
          'id': string;
          'next_attempt_at': string | null;
          'occurred_at': string | null;
          'payload': NonNullable<Json>;
          'precedence': number;
          'processed_at': string | null;
          'salon_id': string | null;
          'status': string;
          'warnings': (string)[];
          'webhook_type': string;
        };
        ComputedFields: never;
        Insert: {
          'action'?: string | null;
          'attempts'?: number;
          'booking'?: Json | null;
          'books_a_time'?: never;
          'cal_com_event_id'?: string | null;
          'created_at'?: string;
          'delivery_key'?: string | null;
          'duration_ms'?: number | null;
          'error_message'?: string | null;
          'id'?: string;
          'next_attempt_at'?: string | null;
          'occurred_at'?: string | null;
          'payload': NonNullable<Json>;
          'precedence'?: never;
          'processed_at'?: string | null;
          'salon_id'?: string | null;
          'status'?: string;
          'warnings'?: (string)[];
          'webhook_type': string;
        };
        Update: {
          'action'?: string | null;
          'attempts'?: number;
          'booking'?: Json | null;
          'books_a_time'?: never;
          'cal_com_event_id'?: string | null;
          'created_at'?: string;
          'delivery_key'?: string | null;
          'duration_ms'?: number | null;
          'error_message'?: string | null;
          'id'?: string;
          'next_attempt_at'?: string | null;
          'occurred_at'?: string | null;
          'payload'?: NonNullable<Json>;
          'precedence'?: never;
          'processed_at'?: string | null;
          'salon_id'?: string | null;
          'status'?: string;
          'warnings'?: (string)[];
          'webhook_type'?: string;
        };
        Relationships: [
          {
            foreignKeyName: 'webhook_logs_salon_id_fkey';
            columns: ['salon_id'];
            isOneToOne: false;
            referencedRelation: 'salons';
            referencedColumns: ['id'];
          },
        ];
      };
    };
    Views: {
      [_ in never]: never;
    };
    Functions: {
      'upsert_calendar_event': {
        Args: {
          'p_booking'?: Json;
          'p_delivery_key': string;
          'p_error'?: string;
          'p_payload': Json;
          'p_webhook_type': string;
        };
        Returns: {
          'action': string;
          'event_id': string;
          'log_id': string;
          'reason': string;
        }[];
      };
    };
    Enums: {
      [_ in never]: never;
    };
    CompositeTypes: {
      [_ in never]: never;
    };
  };
};

type DatabaseWithoutInternals = Omit<Database, '__InternalSupabase'>;

type DefaultSchema = DatabaseWithoutInternals[Extract<keyof Database, 'public'>];

export type Tables<
  DefaultSchemaTableNameOrOptions extends
    | keyof (DefaultSchema['Tables'] & DefaultSchema['Views'])
    | { schema: keyof DatabaseWithoutInternals },
  TableName extends DefaultSchemaTableNameOrOptions extends {
    schema: keyof DatabaseWithoutInternals;
  } ? keyof (
      & DatabaseWithoutInternals[DefaultSchemaTableNameOrOptions['schema']]['Tables']
      & DatabaseWithoutInternals[DefaultSchemaTableNameOrOptions['schema']]['Views']
    )
    : never = never,
> = DefaultSchemaTableNameOrOptions extends { schema: keyof DatabaseWithoutInternals } ? (
    & DatabaseWithoutInternals[DefaultSchemaTableNameOrOptions['schema']]['Tables']
    & DatabaseWithoutInternals[DefaultSchemaTableNameOrOptions['schema']]['Views']
  )[TableName] extends {
    Row: infer R;
  } ? R
  : never
  : DefaultSchemaTableNameOrOptions extends keyof (DefaultSchema['Tables'] & DefaultSchema['Views'])
    ? (DefaultSchema['Tables'] & DefaultSchema['Views'])[DefaultSchemaTableNameOrOptions] extends {
      Row: infer R;
    } ? R
    : never
  : never;

export type TablesInsert<
  DefaultSchemaTableNameOrOptions extends
    | keyof DefaultSchema['Tables']
    | { schema: keyof DatabaseWithoutInternals },
  TableName extends DefaultSchemaTableNameOrOptions extends {
    schema: keyof DatabaseWithoutInternals;
  } ? keyof DatabaseWithoutInternals[DefaultSchemaTableNameOrOptions['schema']]['Tables']
    : never = never,
> = DefaultSchemaTableNameOrOptions extends { schema: keyof DatabaseWithoutInternals }
  ? DatabaseWithoutInternals[DefaultSchemaTableNameOrOptions['schema']]['Tables'][TableName] extends
    {
      Insert: infer I;
    } ? I
  : never
  : DefaultSchemaTableNameOrOptions extends keyof DefaultSchema['Tables']
    ? DefaultSchema['Tables'][DefaultSchemaTableNameOrOptions] extends {
      Insert: infer I;
    } ? I
    : never
  : never;

export type TablesUpdate<
  DefaultSchemaTableNameOrOptions extends
    | keyof DefaultSchema['Tables']
    | { schema: keyof DatabaseWithoutInternals },
  TableName extends DefaultSchemaTableNameOrOptions extends {
    schema: keyof DatabaseWithoutInternals;
  } ? keyof DatabaseWithoutInternals[DefaultSchemaTableNameOrOptions['schema']]['Tables']
    : never = never,
> = DefaultSchemaTableNameOrOptions extends { schema: keyof DatabaseWithoutInternals }
  ? DatabaseWithoutInternals[DefaultSchemaTableNameOrOptions['schema']]['Tables'][TableName] extends
    {
      Update: infer U;
    } ? U
  : never
  : DefaultSchemaTableNameOrOptions extends keyof DefaultSchema['Tables']
    ? DefaultSchema['Tables'][DefaultSchemaTableNameOrOptions] extends {
      Update: infer U;
    } ? U
    : never
  : never;

export type Enums<
  DefaultSchemaEnumNameOrOptions extends
    | keyof DefaultSchema['Enums']
    | { schema: keyof DatabaseWithoutInternals },
  EnumName extends DefaultSchemaEnumNameOrOptions extends {
    schema: keyof DatabaseWithoutInternals;
  } ? keyof DatabaseWithoutInternals[DefaultSchemaEnumNameOrOptions['schema']]['Enums']
    : never = never,
> = DefaultSchemaEnumNameOrOptions extends { schema: keyof DatabaseWithoutInternals }
  ? DatabaseWithoutInternals[DefaultSchemaEnumNameOrOptions['schema']]['Enums'][EnumName]
  : DefaultSchemaEnumNameOrOptions extends keyof DefaultSchema['Enums']
    ? DefaultSchema['Enums'][DefaultSchemaEnumNameOrOptions]
  : never;

export type CompositeTypes<
  PublicCompositeTypeNameOrOptions extends
    | keyof DefaultSchema['CompositeTypes']
    | { schema: keyof DatabaseWithoutInternals },
  CompositeTypeName extends PublicCompositeTypeNameOrOptions extends {
    schema: keyof DatabaseWithoutInternals;
  } ? keyof DatabaseWithoutInternals[PublicCompositeTypeNameOrOptions['schema']]['CompositeTypes']
    : never = never,
> = PublicCompositeTypeNameOrOptions extends { schema: keyof DatabaseWithoutInternals }
  ? DatabaseWithoutInternals[PublicCompositeTypeNameOrOptions['schema']]['CompositeTypes'][
    CompositeTypeName
  ]
  : PublicCompositeTypeNameOrOptions extends keyof DefaultSchema['CompositeTypes']
    ? DefaultSchema['CompositeTypes'][PublicCompositeTypeNameOrOptions]
  : never;

export const Constants = {
  'public': {
    Enums: {},
  },
} as const;
