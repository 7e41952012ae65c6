// Generated from the migrations by `npm run types`; not edited by hand.

export type Json = string | number | boolean | null | { [key: string]: Json | undefined } | Json[];

export type Database = {
  'public': {
    Tables: {
      'calcom_sync_state': {
        Row: {
          'counts': NonNullable<Json>;
          'created_cursor': string | null;
          'last_error': string | null;
          'last_scan_at': string | null;
          'last_started_at': string | null;
          'last_success_at': string | null;
          'lease_token': string | null;
          'leased_until': string | null;
          'not_before': string | null;
          'requested_at': string | null;
          'salon_id': string;
          'scan_after': string | null;
          'scan_done': number;
          'scan_from': string | null;
          'scan_total': number | null;
          'updated_cursor': string | null;
        };
        ComputedFields: never;
        Insert: {
          'counts'?: NonNullable<Json>;
          'created_cursor'?: string | null;
          'last_error'?: string | null;
          'last_scan_at'?: string | null;
          'last_started_at'?: string | null;
          'last_success_at'?: string | null;
          'lease_token'?: string | null;
          'leased_until'?: string | null;
          'not_before'?: string | null;
          'requested_at'?: string | null;
          'salon_id': string;
          'scan_after'?: string | null;
          'scan_done'?: number;
          'scan_from'?: string | null;
          'scan_total'?: number | null;
          'updated_cursor'?: string | null;
        };
        Update: {
          'counts'?: NonNullable<Json>;
          'created_cursor'?: string | null;
          'last_error'?: string | null;
          'last_scan_at'?: string | null;
          'last_started_at'?: string | null;
          'last_success_at'?: string | null;
          'lease_token'?: string | null;
          'leased_until'?: string | null;
          'not_before'?: string | null;
          'requested_at'?: string | null;
          'salon_id'?: string;
          'scan_after'?: string | null;
          'scan_done'?: number;
          'scan_from'?: string | null;
          'scan_total'?: number | null;
          'updated_cursor'?: string | null;
        };
        Relationships: [
          {
            foreignKeyName: 'calcom_sync_state_salon_id_fkey';
            columns: ['salon_id'];
            isOneToOne: true;
            referencedRelation: 'appointment_daily_stats';
            referencedColumns: ['salon_id'];
          },
          {
            foreignKeyName: 'calcom_sync_state_salon_id_fkey';
            columns: ['salon_id'];
            isOneToOne: true;
            referencedRelation: 'my_salons';
            referencedColumns: ['id'];
          },
          {
            foreignKeyName: 'calcom_sync_state_salon_id_fkey';
            columns: ['salon_id'];
            isOneToOne: true;
            referencedRelation: 'salons';
            referencedColumns: ['id'];
          },
          {
            foreignKeyName: 'calcom_sync_state_salon_id_fkey';
            columns: ['salon_id'];
            isOneToOne: true;
            referencedRelation: 'sync_lag';
            referencedColumns: ['salon_id'];
          },
          {
            foreignKeyName: 'calcom_sync_state_salon_id_fkey';
            columns: ['salon_id'];
            isOneToOne: true;
            referencedRelation: 'webhook_health';
            referencedColumns: ['salon_id'];
          },
        ];
      };
      'calendar_event_uids': {
        Row: {
          'booking_uid': string;
          'created_at': string;
          'event_id': string;
          'generation': number;
          'is_guess': boolean;
          'replaced_seat_id': string | null;
          'replaced_uid': string | null;
          'seat_id': string;
        };
        ComputedFields: never;
        Insert: {
          'booking_uid': string;
          'created_at'?: string;
          'event_id': string;
          'generation'?: number;
          'is_guess'?: boolean;
          'replaced_seat_id'?: string | null;
          'replaced_uid'?: string | null;
          'seat_id'?: string;
        };
        Update: {
          'booking_uid'?: string;
          'created_at'?: string;
          'event_id'?: string;
          'generation'?: number;
          'is_guess'?: boolean;
          'replaced_seat_id'?: string | null;
          'replaced_uid'?: string | null;
          'seat_id'?: string;
        };
        Relationships: [
          {
            foreignKeyName: 'calendar_event_uids_event_id_fkey';
            columns: ['event_id'];
            isOneToOne: false;
            referencedRelation: 'appointments';
            referencedColumns: ['id'];
          },
          {
            foreignKeyName: 'calendar_event_uids_event_id_fkey';
            columns: ['event_id'];
            isOneToOne: false;
            referencedRelation: 'calendar_events';
            referencedColumns: ['id'];
          },
          {
            foreignKeyName: 'calendar_event_uids_event_id_fkey';
            columns: ['event_id'];
            isOneToOne: false;
            referencedRelation: 'call_list';
            referencedColumns: ['event_id'];
          },
          {
            foreignKeyName: 'calendar_event_uids_event_id_fkey';
            columns: ['event_id'];
            isOneToOne: false;
            referencedRelation: 'pet_history';
            referencedColumns: ['id'];
          },
          {
            foreignKeyName: 'calendar_event_uids_event_id_fkey';
            columns: ['event_id'];
            isOneToOne: false;
            referencedRelation: 'sync_lag';
            referencedColumns: ['event_id'];
          },
          {
            foreignKeyName: 'calendar_event_uids_event_id_fkey';
            columns: ['event_id'];
            isOneToOne: false;
            referencedRelation: 'this_weeks_appointments';
            referencedColumns: ['id'];
          },
          {
            foreignKeyName: 'calendar_event_uids_event_id_fkey';
            columns: ['event_id'];
            isOneToOne: false;
            referencedRelation: 'todays_appointments';
            referencedColumns: ['id'];
          },
          {
            foreignKeyName: 'calendar_event_uids_event_id_fkey';
            columns: ['event_id'];
            isOneToOne: false;
            referencedRelation: 'tomorrows_appointments';
            referencedColumns: ['event_id'];
          },
          {
            foreignKeyName: 'calendar_event_uids_event_id_fkey';
            columns: ['event_id'];
            isOneToOne: false;
            referencedRelation: 'upcoming_appointments';
            referencedColumns: ['id'];
          },
          {
            foreignKeyName: 'calendar_event_uids_event_id_fkey';
            columns: ['event_id'];
            isOneToOne: false;
            referencedRelation: 'upcoming_reminders';
            referencedColumns: ['event_id'];
          },
        ];
      };
      'calendar_events': {
        Row: {
          'attendance': Database['public']['Enums']['appointment_attendance'] | null;
          'attendee_email': string | null;
          'attendee_name': string | null;
          'attendee_phone': string | null;
          'auto_completed_at': string | null;
          'cal_com_event_id': string;
          'cancellation_reason': string | null;
          'cancelled_at': string | null;
          'client_id': string | null;
          'client_responded_at': string | null;
          'client_response': Database['public']['Enums']['client_response'] | null;
          'created_at': string | null;
          'description': string | null;
          'duration_minutes': number | null;
          'end_time': string;
          'erased_at': string | null;
          'fold_state': Json | null;
          'host_name': string | null;
          'host_username': string | null;
          'ical_uid': string | null;
          'id': string;
          'last_event_at': string | null;
          'link_source': Database['public']['Enums']['link_source'] | null;
          'location': string | null;
          'meeting_url': string | null;
          'pet_id': string | null;
          'salon_id': string | null;
          'salon_note': string | null;
          'seat_id': string | null;
          'start_time': string;
          'status': string | null;
          'status_before_no_show': string | null;
          'synced_at': string | null;
          'title': string;
          'updated_at': string | null;
        };
        ComputedFields: never;
        Insert: {
          'attendance'?: Database['public']['Enums']['appointment_attendance'] | null;
          'attendee_email'?: string | null;
          'attendee_name'?: string | null;
          'attendee_phone'?: string | null;
          'auto_completed_at'?: string | null;
          'cal_com_event_id': string;
          'cancellation_reason'?: string | null;
          'cancelled_at'?: string | null;
          'client_id'?: string | null;
          'client_responded_at'?: string | null;
          'client_response'?: Database['public']['Enums']['client_response'] | null;
          'created_at'?: string | null;
          'description'?: string | null;
          'duration_minutes'?: number | null;
          'end_time': string;
          'erased_at'?: string | null;
          'fold_state'?: Json | null;
          'host_name'?: string | null;
          'host_username'?: string | null;
          'ical_uid'?: string | null;
          'id'?: string;
          'last_event_at'?: string | null;
          'link_source'?: Database['public']['Enums']['link_source'] | null;
          'location'?: string | null;
          'meeting_url'?: string | null;
          'pet_id'?: string | null;
          'salon_id'?: string | null;
          'salon_note'?: string | null;
          'seat_id'?: string | null;
          'start_time': string;
          'status'?: string | null;
          'status_before_no_show'?: string | null;
          'synced_at'?: string | null;
          'title': string;
          'updated_at'?: string | null;
        };
        Update: {
          'attendance'?: Database['public']['Enums']['appointment_attendance'] | null;
          'attendee_email'?: string | null;
          'attendee_name'?: string | null;
          'attendee_phone'?: string | null;
          'auto_completed_at'?: string | null;
          'cal_com_event_id'?: string;
          'cancellation_reason'?: string | null;
          'cancelled_at'?: string | null;
          'client_id'?: string | null;
          'client_responded_at'?: string | null;
          'client_response'?: Database['public']['Enums']['client_response'] | null;
          'created_at'?: string | null;
          'description'?: string | null;
          'duration_minutes'?: number | null;
          'end_time'?: string;
          'erased_at'?: string | null;
          'fold_state'?: Json | null;
          'host_name'?: string | null;
          'host_username'?: string | null;
          'ical_uid'?: string | null;
          'id'?: string;
          'last_event_at'?: string | null;
          'link_source'?: Database['public']['Enums']['link_source'] | null;
          'location'?: string | null;
          'meeting_url'?: string | null;
          'pet_id'?: string | null;
          'salon_id'?: string | null;
          'salon_note'?: string | null;
          'seat_id'?: string | null;
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
            referencedRelation: 'appointment_daily_stats';
            referencedColumns: ['salon_id'];
          },
          {
            foreignKeyName: 'calendar_events_salon_id_fkey';
            columns: ['salon_id'];
            isOneToOne: false;
            referencedRelation: 'my_salons';
            referencedColumns: ['id'];
          },
          {
            foreignKeyName: 'calendar_events_salon_id_fkey';
            columns: ['salon_id'];
            isOneToOne: false;
            referencedRelation: 'salons';
            referencedColumns: ['id'];
          },
          {
            foreignKeyName: 'calendar_events_salon_id_fkey';
            columns: ['salon_id'];
            isOneToOne: false;
            referencedRelation: 'sync_lag';
            referencedColumns: ['salon_id'];
          },
          {
            foreignKeyName: 'calendar_events_salon_id_fkey';
            columns: ['salon_id'];
            isOneToOne: false;
            referencedRelation: 'webhook_health';
            referencedColumns: ['salon_id'];
          },
        ];
      };
      'calendar_feeds': {
        Row: {
          'created_at': string;
          'salon_id': string;
          'shows_clients': boolean;
          'token_hash': string;
        };
        ComputedFields: never;
        Insert: {
          'created_at'?: string;
          'salon_id': string;
          'shows_clients'?: boolean;
          'token_hash': string;
        };
        Update: {
          'created_at'?: string;
          'salon_id'?: string;
          'shows_clients'?: boolean;
          'token_hash'?: string;
        };
        Relationships: [
          {
            foreignKeyName: 'calendar_feeds_salon_id_fkey';
            columns: ['salon_id'];
            isOneToOne: true;
            referencedRelation: 'appointment_daily_stats';
            referencedColumns: ['salon_id'];
          },
          {
            foreignKeyName: 'calendar_feeds_salon_id_fkey';
            columns: ['salon_id'];
            isOneToOne: true;
            referencedRelation: 'my_salons';
            referencedColumns: ['id'];
          },
          {
            foreignKeyName: 'calendar_feeds_salon_id_fkey';
            columns: ['salon_id'];
            isOneToOne: true;
            referencedRelation: 'salons';
            referencedColumns: ['id'];
          },
          {
            foreignKeyName: 'calendar_feeds_salon_id_fkey';
            columns: ['salon_id'];
            isOneToOne: true;
            referencedRelation: 'sync_lag';
            referencedColumns: ['salon_id'];
          },
          {
            foreignKeyName: 'calendar_feeds_salon_id_fkey';
            columns: ['salon_id'];
            isOneToOne: true;
            referencedRelation: 'webhook_health';
            referencedColumns: ['salon_id'];
          },
        ];
      };
      'client_erasures': {
        Row: {
          'client_id': string;
          'counts': NonNullable<Json>;
          'erased_at': string;
          'erased_by': string | null;
          'finished_at': string | null;
          'salon_id': string;
        };
        ComputedFields: never;
        Insert: {
          'client_id': string;
          'counts': NonNullable<Json>;
          'erased_at'?: string;
          'erased_by'?: string | null;
          'finished_at'?: string | null;
          'salon_id': string;
        };
        Update: {
          'client_id'?: string;
          'counts'?: NonNullable<Json>;
          'erased_at'?: string;
          'erased_by'?: string | null;
          'finished_at'?: string | null;
          'salon_id'?: string;
        };
        Relationships: [
          {
            foreignKeyName: 'client_erasures_salon_id_fkey';
            columns: ['salon_id'];
            isOneToOne: false;
            referencedRelation: 'appointment_daily_stats';
            referencedColumns: ['salon_id'];
          },
          {
            foreignKeyName: 'client_erasures_salon_id_fkey';
            columns: ['salon_id'];
            isOneToOne: false;
            referencedRelation: 'my_salons';
            referencedColumns: ['id'];
          },
          {
            foreignKeyName: 'client_erasures_salon_id_fkey';
            columns: ['salon_id'];
            isOneToOne: false;
            referencedRelation: 'salons';
            referencedColumns: ['id'];
          },
          {
            foreignKeyName: 'client_erasures_salon_id_fkey';
            columns: ['salon_id'];
            isOneToOne: false;
            referencedRelation: 'sync_lag';
            referencedColumns: ['salon_id'];
          },
          {
            foreignKeyName: 'client_erasures_salon_id_fkey';
            columns: ['salon_id'];
            isOneToOne: false;
            referencedRelation: 'webhook_health';
            referencedColumns: ['salon_id'];
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
          'gdpr_consent_recorded_by': string | null;
          'gdpr_consent_source': Database['public']['Enums']['consent_source'] | null;
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
          'gdpr_consent_recorded_by'?: string | null;
          'gdpr_consent_source'?: Database['public']['Enums']['consent_source'] | null;
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
          'gdpr_consent_recorded_by'?: string | null;
          'gdpr_consent_source'?: Database['public']['Enums']['consent_source'] | null;
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
            referencedRelation: 'appointment_daily_stats';
            referencedColumns: ['salon_id'];
          },
          {
            foreignKeyName: 'clients_salon_id_fkey';
            columns: ['salon_id'];
            isOneToOne: false;
            referencedRelation: 'my_salons';
            referencedColumns: ['id'];
          },
          {
            foreignKeyName: 'clients_salon_id_fkey';
            columns: ['salon_id'];
            isOneToOne: false;
            referencedRelation: 'salons';
            referencedColumns: ['id'];
          },
          {
            foreignKeyName: 'clients_salon_id_fkey';
            columns: ['salon_id'];
            isOneToOne: false;
            referencedRelation: 'sync_lag';
            referencedColumns: ['salon_id'];
          },
          {
            foreignKeyName: 'clients_salon_id_fkey';
            columns: ['salon_id'];
            isOneToOne: false;
            referencedRelation: 'webhook_health';
            referencedColumns: ['salon_id'];
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
            referencedRelation: 'appointment_daily_stats';
            referencedColumns: ['salon_id'];
          },
          {
            foreignKeyName: 'pets_salon_id_fkey';
            columns: ['salon_id'];
            isOneToOne: false;
            referencedRelation: 'my_salons';
            referencedColumns: ['id'];
          },
          {
            foreignKeyName: 'pets_salon_id_fkey';
            columns: ['salon_id'];
            isOneToOne: false;
            referencedRelation: 'salons';
            referencedColumns: ['id'];
          },
          {
            foreignKeyName: 'pets_salon_id_fkey';
            columns: ['salon_id'];
            isOneToOne: false;
            referencedRelation: 'sync_lag';
            referencedColumns: ['salon_id'];
          },
          {
            foreignKeyName: 'pets_salon_id_fkey';
            columns: ['salon_id'];
            isOneToOne: false;
            referencedRelation: 'webhook_health';
            referencedColumns: ['salon_id'];
          },
        ];
      };
      'salon_activity': {
        Row: {
          'action': Database['public']['Enums']['salon_action'];
          'actor_id': string | null;
          'client_id': string | null;
          'created_at': string;
          'error_code': string | null;
          'event_id': string | null;
          'finished_at': string | null;
          'id': string;
          'is_shown': boolean | null;
          'outcome': Database['public']['Enums']['action_outcome'];
          'request_key': string | null;
          'salon_id': string;
        };
        ComputedFields: never;
        Insert: {
          'action': Database['public']['Enums']['salon_action'];
          'actor_id'?: string | null;
          'client_id'?: string | null;
          'created_at'?: string;
          'error_code'?: string | null;
          'event_id'?: string | null;
          'finished_at'?: string | null;
          'id'?: string;
          'is_shown'?: boolean | null;
          'outcome'?: Database['public']['Enums']['action_outcome'];
          'request_key'?: string | null;
          'salon_id': string;
        };
        Update: {
          'action'?: Database['public']['Enums']['salon_action'];
          'actor_id'?: string | null;
          'client_id'?: string | null;
          'created_at'?: string;
          'error_code'?: string | null;
          'event_id'?: string | null;
          'finished_at'?: string | null;
          'id'?: string;
          'is_shown'?: boolean | null;
          'outcome'?: Database['public']['Enums']['action_outcome'];
          'request_key'?: string | null;
          'salon_id'?: string;
        };
        Relationships: [
          {
            foreignKeyName: 'salon_activity_client_id_fkey';
            columns: ['client_id'];
            isOneToOne: false;
            referencedRelation: 'clients';
            referencedColumns: ['id'];
          },
          {
            foreignKeyName: 'salon_activity_event_id_fkey';
            columns: ['event_id'];
            isOneToOne: false;
            referencedRelation: 'appointments';
            referencedColumns: ['id'];
          },
          {
            foreignKeyName: 'salon_activity_event_id_fkey';
            columns: ['event_id'];
            isOneToOne: false;
            referencedRelation: 'calendar_events';
            referencedColumns: ['id'];
          },
          {
            foreignKeyName: 'salon_activity_event_id_fkey';
            columns: ['event_id'];
            isOneToOne: false;
            referencedRelation: 'call_list';
            referencedColumns: ['event_id'];
          },
          {
            foreignKeyName: 'salon_activity_event_id_fkey';
            columns: ['event_id'];
            isOneToOne: false;
            referencedRelation: 'pet_history';
            referencedColumns: ['id'];
          },
          {
            foreignKeyName: 'salon_activity_event_id_fkey';
            columns: ['event_id'];
            isOneToOne: false;
            referencedRelation: 'sync_lag';
            referencedColumns: ['event_id'];
          },
          {
            foreignKeyName: 'salon_activity_event_id_fkey';
            columns: ['event_id'];
            isOneToOne: false;
            referencedRelation: 'this_weeks_appointments';
            referencedColumns: ['id'];
          },
          {
            foreignKeyName: 'salon_activity_event_id_fkey';
            columns: ['event_id'];
            isOneToOne: false;
            referencedRelation: 'todays_appointments';
            referencedColumns: ['id'];
          },
          {
            foreignKeyName: 'salon_activity_event_id_fkey';
            columns: ['event_id'];
            isOneToOne: false;
            referencedRelation: 'tomorrows_appointments';
            referencedColumns: ['event_id'];
          },
          {
            foreignKeyName: 'salon_activity_event_id_fkey';
            columns: ['event_id'];
            isOneToOne: false;
            referencedRelation: 'upcoming_appointments';
            referencedColumns: ['id'];
          },
          {
            foreignKeyName: 'salon_activity_event_id_fkey';
            columns: ['event_id'];
            isOneToOne: false;
            referencedRelation: 'upcoming_reminders';
            referencedColumns: ['event_id'];
          },
          {
            foreignKeyName: 'salon_activity_salon_id_fkey';
            columns: ['salon_id'];
            isOneToOne: false;
            referencedRelation: 'appointment_daily_stats';
            referencedColumns: ['salon_id'];
          },
          {
            foreignKeyName: 'salon_activity_salon_id_fkey';
            columns: ['salon_id'];
            isOneToOne: false;
            referencedRelation: 'my_salons';
            referencedColumns: ['id'];
          },
          {
            foreignKeyName: 'salon_activity_salon_id_fkey';
            columns: ['salon_id'];
            isOneToOne: false;
            referencedRelation: 'salons';
            referencedColumns: ['id'];
          },
          {
            foreignKeyName: 'salon_activity_salon_id_fkey';
            columns: ['salon_id'];
            isOneToOne: false;
            referencedRelation: 'sync_lag';
            referencedColumns: ['salon_id'];
          },
          {
            foreignKeyName: 'salon_activity_salon_id_fkey';
            columns: ['salon_id'];
            isOneToOne: false;
            referencedRelation: 'webhook_health';
            referencedColumns: ['salon_id'];
          },
        ];
      };
      'salon_invitations': {
        Row: {
          'created_at': string;
          'email': string;
          'expires_at': string;
          'id': string;
          'invited_by': string | null;
          'role': Database['public']['Enums']['member_role'];
          'salon_id': string;
        };
        ComputedFields: never;
        Insert: {
          'created_at'?: string;
          'email': string;
          'expires_at'?: string;
          'id'?: string;
          'invited_by'?: string | null;
          'role': Database['public']['Enums']['member_role'];
          'salon_id': string;
        };
        Update: {
          'created_at'?: string;
          'email'?: string;
          'expires_at'?: string;
          'id'?: string;
          'invited_by'?: string | null;
          'role'?: Database['public']['Enums']['member_role'];
          'salon_id'?: string;
        };
        Relationships: [
          {
            foreignKeyName: 'salon_invitations_salon_id_fkey';
            columns: ['salon_id'];
            isOneToOne: false;
            referencedRelation: 'appointment_daily_stats';
            referencedColumns: ['salon_id'];
          },
          {
            foreignKeyName: 'salon_invitations_salon_id_fkey';
            columns: ['salon_id'];
            isOneToOne: false;
            referencedRelation: 'my_salons';
            referencedColumns: ['id'];
          },
          {
            foreignKeyName: 'salon_invitations_salon_id_fkey';
            columns: ['salon_id'];
            isOneToOne: false;
            referencedRelation: 'salons';
            referencedColumns: ['id'];
          },
          {
            foreignKeyName: 'salon_invitations_salon_id_fkey';
            columns: ['salon_id'];
            isOneToOne: false;
            referencedRelation: 'sync_lag';
            referencedColumns: ['salon_id'];
          },
          {
            foreignKeyName: 'salon_invitations_salon_id_fkey';
            columns: ['salon_id'];
            isOneToOne: false;
            referencedRelation: 'webhook_health';
            referencedColumns: ['salon_id'];
          },
        ];
      };
      'salon_members': {
        Row: {
          'created_at': string;
          'role': Database['public']['Enums']['member_role'];
          'salon_id': string;
          'user_id': string;
        };
        ComputedFields: never;
        Insert: {
          'created_at'?: string;
          'role'?: Database['public']['Enums']['member_role'];
          'salon_id': string;
          'user_id': string;
        };
        Update: {
          'created_at'?: string;
          'role'?: Database['public']['Enums']['member_role'];
          'salon_id'?: string;
          'user_id'?: string;
        };
        Relationships: [
          {
            foreignKeyName: 'salon_members_salon_id_fkey';
            columns: ['salon_id'];
            isOneToOne: false;
            referencedRelation: 'appointment_daily_stats';
            referencedColumns: ['salon_id'];
          },
          {
            foreignKeyName: 'salon_members_salon_id_fkey';
            columns: ['salon_id'];
            isOneToOne: false;
            referencedRelation: 'my_salons';
            referencedColumns: ['id'];
          },
          {
            foreignKeyName: 'salon_members_salon_id_fkey';
            columns: ['salon_id'];
            isOneToOne: false;
            referencedRelation: 'salons';
            referencedColumns: ['id'];
          },
          {
            foreignKeyName: 'salon_members_salon_id_fkey';
            columns: ['salon_id'];
            isOneToOne: false;
            referencedRelation: 'sync_lag';
            referencedColumns: ['salon_id'];
          },
          {
            foreignKeyName: 'salon_members_salon_id_fkey';
            columns: ['salon_id'];
            isOneToOne: false;
            referencedRelation: 'webhook_health';
            referencedColumns: ['salon_id'];
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
          'phone_number': string | null;
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
          'phone_number'?: string | null;
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
          'phone_number'?: string | null;
          'timezone'?: string;
          'updated_at'?: string | null;
          'user_id'?: string | null;
        };
        Relationships: [];
      };
      'sms_attempts': {
        Row: {
          'code': string | null;
          'ended_at': string | null;
          'lease_token': string;
          'message_id': string;
          'outcome': Database['public']['Enums']['sms_attempt_outcome'] | null;
          'provider': Database['public']['Enums']['sms_provider'];
          'provider_message_id': string | null;
          'started_at': string;
        };
        ComputedFields: never;
        Insert: {
          'code'?: string | null;
          'ended_at'?: string | null;
          'lease_token': string;
          'message_id': string;
          'outcome'?: Database['public']['Enums']['sms_attempt_outcome'] | null;
          'provider': Database['public']['Enums']['sms_provider'];
          'provider_message_id'?: string | null;
          'started_at': string;
        };
        Update: {
          'code'?: string | null;
          'ended_at'?: string | null;
          'lease_token'?: string;
          'message_id'?: string;
          'outcome'?: Database['public']['Enums']['sms_attempt_outcome'] | null;
          'provider'?: Database['public']['Enums']['sms_provider'];
          'provider_message_id'?: string | null;
          'started_at'?: string;
        };
        Relationships: [
          {
            foreignKeyName: 'sms_attempts_message_id_fkey';
            columns: ['message_id'];
            isOneToOne: false;
            referencedRelation: 'reminder_log';
            referencedColumns: ['message_id'];
          },
          {
            foreignKeyName: 'sms_attempts_message_id_fkey';
            columns: ['message_id'];
            isOneToOne: false;
            referencedRelation: 'sms_messages';
            referencedColumns: ['id'];
          },
        ];
      };
      'sms_inbox': {
        Row: {
          'body': string;
          'client_id': string | null;
          'event_id': string | null;
          'id': string;
          'phone': string;
          'read_at': string | null;
          'read_by': string | null;
          'received_at': string;
          'salon_id': string;
        };
        ComputedFields: never;
        Insert: {
          'body': string;
          'client_id'?: string | null;
          'event_id'?: string | null;
          'id'?: string;
          'phone': string;
          'read_at'?: string | null;
          'read_by'?: string | null;
          'received_at'?: string;
          'salon_id': string;
        };
        Update: {
          'body'?: string;
          'client_id'?: string | null;
          'event_id'?: string | null;
          'id'?: string;
          'phone'?: string;
          'read_at'?: string | null;
          'read_by'?: string | null;
          'received_at'?: string;
          'salon_id'?: string;
        };
        Relationships: [
          {
            foreignKeyName: 'sms_inbox_client_id_fkey';
            columns: ['client_id', 'salon_id'];
            isOneToOne: false;
            referencedRelation: 'clients';
            referencedColumns: ['id', 'salon_id'];
          },
          {
            foreignKeyName: 'sms_inbox_event_id_fkey';
            columns: ['event_id'];
            isOneToOne: false;
            referencedRelation: 'appointments';
            referencedColumns: ['id'];
          },
          {
            foreignKeyName: 'sms_inbox_event_id_fkey';
            columns: ['event_id'];
            isOneToOne: false;
            referencedRelation: 'calendar_events';
            referencedColumns: ['id'];
          },
          {
            foreignKeyName: 'sms_inbox_event_id_fkey';
            columns: ['event_id'];
            isOneToOne: false;
            referencedRelation: 'call_list';
            referencedColumns: ['event_id'];
          },
          {
            foreignKeyName: 'sms_inbox_event_id_fkey';
            columns: ['event_id'];
            isOneToOne: false;
            referencedRelation: 'pet_history';
            referencedColumns: ['id'];
          },
          {
            foreignKeyName: 'sms_inbox_event_id_fkey';
            columns: ['event_id'];
            isOneToOne: false;
            referencedRelation: 'sync_lag';
            referencedColumns: ['event_id'];
          },
          {
            foreignKeyName: 'sms_inbox_event_id_fkey';
            columns: ['event_id'];
            isOneToOne: false;
            referencedRelation: 'this_weeks_appointments';
            referencedColumns: ['id'];
          },
          {
            foreignKeyName: 'sms_inbox_event_id_fkey';
            columns: ['event_id'];
            isOneToOne: false;
            referencedRelation: 'todays_appointments';
            referencedColumns: ['id'];
          },
          {
            foreignKeyName: 'sms_inbox_event_id_fkey';
            columns: ['event_id'];
            isOneToOne: false;
            referencedRelation: 'tomorrows_appointments';
            referencedColumns: ['event_id'];
          },
          {
            foreignKeyName: 'sms_inbox_event_id_fkey';
            columns: ['event_id'];
            isOneToOne: false;
            referencedRelation: 'upcoming_appointments';
            referencedColumns: ['id'];
          },
          {
            foreignKeyName: 'sms_inbox_event_id_fkey';
            columns: ['event_id'];
            isOneToOne: false;
            referencedRelation: 'upcoming_reminders';
            referencedColumns: ['event_id'];
          },
          {
            foreignKeyName: 'sms_inbox_salon_id_fkey';
            columns: ['salon_id'];
            isOneToOne: false;
            referencedRelation: 'appointment_daily_stats';
            referencedColumns: ['salon_id'];
          },
          {
            foreignKeyName: 'sms_inbox_salon_id_fkey';
            columns: ['salon_id'];
            isOneToOne: false;
            referencedRelation: 'my_salons';
            referencedColumns: ['id'];
          },
          {
            foreignKeyName: 'sms_inbox_salon_id_fkey';
            columns: ['salon_id'];
            isOneToOne: false;
            referencedRelation: 'salons';
            referencedColumns: ['id'];
          },
          {
            foreignKeyName: 'sms_inbox_salon_id_fkey';
            columns: ['salon_id'];
            isOneToOne: false;
            referencedRelation: 'sync_lag';
            referencedColumns: ['salon_id'];
          },
          {
            foreignKeyName: 'sms_inbox_salon_id_fkey';
            columns: ['salon_id'];
            isOneToOne: false;
            referencedRelation: 'webhook_health';
            referencedColumns: ['salon_id'];
          },
        ];
      };
      'sms_message_events': {
        Row: {
          'event_id': string;
          'kind': Database['public']['Enums']['sms_message_kind'];
          'message_id': string;
          'salon_id': string;
          'start_time': string;
        };
        ComputedFields: never;
        Insert: {
          'event_id': string;
          'kind': Database['public']['Enums']['sms_message_kind'];
          'message_id': string;
          'salon_id': string;
          'start_time': string;
        };
        Update: {
          'event_id'?: string;
          'kind'?: Database['public']['Enums']['sms_message_kind'];
          'message_id'?: string;
          'salon_id'?: string;
          'start_time'?: string;
        };
        Relationships: [
          {
            foreignKeyName: 'sms_message_events_message_id_fkey';
            columns: ['message_id'];
            isOneToOne: false;
            referencedRelation: 'reminder_log';
            referencedColumns: ['message_id'];
          },
          {
            foreignKeyName: 'sms_message_events_message_id_fkey';
            columns: ['message_id'];
            isOneToOne: false;
            referencedRelation: 'sms_messages';
            referencedColumns: ['id'];
          },
        ];
      };
      'sms_messages': {
        Row: {
          'attempts': number;
          'body': string | null;
          'client_id': string | null;
          'created_at': string;
          'dispatch_started_at': string | null;
          'encoding': Database['public']['Enums']['sms_encoding'] | null;
          'error_code': string | null;
          'exceeded_limit': number | null;
          'final_at': string | null;
          'id': string;
          'kind': Database['public']['Enums']['sms_message_kind'];
          'lease_token': string | null;
          'lease_until': string | null;
          'local_date': string;
          'lookups': number;
          'maybe_sent_since': string | null;
          'next_attempt_at': string;
          'not_after': string;
          'phone': string | null;
          'phone_number': string | null;
          'provider': Database['public']['Enums']['sms_provider'] | null;
          'provider_message_id': string | null;
          'provider_status': string | null;
          'provider_status_at': string | null;
          'reason': Database['public']['Enums']['sms_reason'] | null;
          'salon_id': string;
          'segments': number | null;
          'sender': string | null;
          'sent_at': string | null;
          'status': Database['public']['Enums']['sms_message_status'];
          'updated_at': string;
        };
        ComputedFields: never;
        Insert: {
          'attempts'?: number;
          'body'?: string | null;
          'client_id'?: string | null;
          'created_at'?: string;
          'dispatch_started_at'?: string | null;
          'encoding'?: Database['public']['Enums']['sms_encoding'] | null;
          'error_code'?: string | null;
          'exceeded_limit'?: number | null;
          'final_at'?: string | null;
          'id'?: string;
          'kind'?: Database['public']['Enums']['sms_message_kind'];
          'lease_token'?: string | null;
          'lease_until'?: string | null;
          'local_date': string;
          'lookups'?: number;
          'maybe_sent_since'?: string | null;
          'next_attempt_at': string;
          'not_after': string;
          'phone'?: string | null;
          'phone_number'?: string | null;
          'provider'?: Database['public']['Enums']['sms_provider'] | null;
          'provider_message_id'?: string | null;
          'provider_status'?: string | null;
          'provider_status_at'?: string | null;
          'reason'?: Database['public']['Enums']['sms_reason'] | null;
          'salon_id': string;
          'segments'?: number | null;
          'sender'?: string | null;
          'sent_at'?: string | null;
          'status'?: Database['public']['Enums']['sms_message_status'];
          'updated_at'?: string;
        };
        Update: {
          'attempts'?: number;
          'body'?: string | null;
          'client_id'?: string | null;
          'created_at'?: string;
          'dispatch_started_at'?: string | null;
          'encoding'?: Database['public']['Enums']['sms_encoding'] | null;
          'error_code'?: string | null;
          'exceeded_limit'?: number | null;
          'final_at'?: string | null;
          'id'?: string;
          'kind'?: Database['public']['Enums']['sms_message_kind'];
          'lease_token'?: string | null;
          'lease_until'?: string | null;
          'local_date'?: string;
          'lookups'?: number;
          'maybe_sent_since'?: string | null;
          'next_attempt_at'?: string;
          'not_after'?: string;
          'phone'?: string | null;
          'phone_number'?: string | null;
          'provider'?: Database['public']['Enums']['sms_provider'] | null;
          'provider_message_id'?: string | null;
          'provider_status'?: string | null;
          'provider_status_at'?: string | null;
          'reason'?: Database['public']['Enums']['sms_reason'] | null;
          'salon_id'?: string;
          'segments'?: number | null;
          'sender'?: string | null;
          'sent_at'?: string | null;
          'status'?: Database['public']['Enums']['sms_message_status'];
          'updated_at'?: string;
        };
        Relationships: [
          {
            foreignKeyName: 'sms_messages_client_id_fkey';
            columns: ['client_id', 'salon_id'];
            isOneToOne: false;
            referencedRelation: 'clients';
            referencedColumns: ['id', 'salon_id'];
          },
          {
            foreignKeyName: 'sms_messages_salon_id_fkey';
            columns: ['salon_id'];
            isOneToOne: false;
            referencedRelation: 'appointment_daily_stats';
            referencedColumns: ['salon_id'];
          },
          {
            foreignKeyName: 'sms_messages_salon_id_fkey';
            columns: ['salon_id'];
            isOneToOne: false;
            referencedRelation: 'my_salons';
            referencedColumns: ['id'];
          },
          {
            foreignKeyName: 'sms_messages_salon_id_fkey';
            columns: ['salon_id'];
            isOneToOne: false;
            referencedRelation: 'salons';
            referencedColumns: ['id'];
          },
          {
            foreignKeyName: 'sms_messages_salon_id_fkey';
            columns: ['salon_id'];
            isOneToOne: false;
            referencedRelation: 'sync_lag';
            referencedColumns: ['salon_id'];
          },
          {
            foreignKeyName: 'sms_messages_salon_id_fkey';
            columns: ['salon_id'];
            isOneToOne: false;
            referencedRelation: 'webhook_health';
            referencedColumns: ['salon_id'];
          },
        ];
      };
      'sms_opt_outs': {
        Row: {
          'created_at': string;
          'phone': string;
          'salon_id': string;
          'source': Database['public']['Enums']['sms_opt_out_source'];
        };
        ComputedFields: never;
        Insert: {
          'created_at'?: string;
          'phone': string;
          'salon_id': string;
          'source'?: Database['public']['Enums']['sms_opt_out_source'];
        };
        Update: {
          'created_at'?: string;
          'phone'?: string;
          'salon_id'?: string;
          'source'?: Database['public']['Enums']['sms_opt_out_source'];
        };
        Relationships: [
          {
            foreignKeyName: 'sms_opt_outs_salon_id_fkey';
            columns: ['salon_id'];
            isOneToOne: false;
            referencedRelation: 'appointment_daily_stats';
            referencedColumns: ['salon_id'];
          },
          {
            foreignKeyName: 'sms_opt_outs_salon_id_fkey';
            columns: ['salon_id'];
            isOneToOne: false;
            referencedRelation: 'my_salons';
            referencedColumns: ['id'];
          },
          {
            foreignKeyName: 'sms_opt_outs_salon_id_fkey';
            columns: ['salon_id'];
            isOneToOne: false;
            referencedRelation: 'salons';
            referencedColumns: ['id'];
          },
          {
            foreignKeyName: 'sms_opt_outs_salon_id_fkey';
            columns: ['salon_id'];
            isOneToOne: false;
            referencedRelation: 'sync_lag';
            referencedColumns: ['salon_id'];
          },
          {
            foreignKeyName: 'sms_opt_outs_salon_id_fkey';
            columns: ['salon_id'];
            isOneToOne: false;
            referencedRelation: 'webhook_health';
            referencedColumns: ['salon_id'];
          },
        ];
      };
      'sms_provider_state': {
        Row: {
          'paused_until': string;
          'provider': Database['public']['Enums']['sms_provider'];
          'reason': string;
        };
        ComputedFields: never;
        Insert: {
          'paused_until': string;
          'provider': Database['public']['Enums']['sms_provider'];
          'reason': string;
        };
        Update: {
          'paused_until'?: string;
          'provider'?: Database['public']['Enums']['sms_provider'];
          'reason'?: string;
        };
        Relationships: [];
      };
      'sms_runs': {
        Row: {
          'counts': NonNullable<Json>;
          'error': string | null;
          'finished_at': string | null;
          'id': string;
          'provider': Database['public']['Enums']['sms_provider'];
          'started_at': string;
        };
        ComputedFields: never;
        Insert: {
          'counts'?: NonNullable<Json>;
          'error'?: string | null;
          'finished_at'?: string | null;
          'id'?: string;
          'provider': Database['public']['Enums']['sms_provider'];
          'started_at'?: string;
        };
        Update: {
          'counts'?: NonNullable<Json>;
          'error'?: string | null;
          'finished_at'?: string | null;
          'id'?: string;
          'provider'?: Database['public']['Enums']['sms_provider'];
          'started_at'?: string;
        };
        Relationships: [];
      };
      'sms_service_texts': {
        Row: {
          'id': string;
          'salon_id': string;
          'template': string;
          'title_contains': string;
          'updated_at': string;
        };
        ComputedFields: never;
        Insert: {
          'id'?: string;
          'salon_id': string;
          'template': string;
          'title_contains': string;
          'updated_at'?: string;
        };
        Update: {
          'id'?: string;
          'salon_id'?: string;
          'template'?: string;
          'title_contains'?: string;
          'updated_at'?: string;
        };
        Relationships: [
          {
            foreignKeyName: 'sms_service_texts_salon_id_fkey';
            columns: ['salon_id'];
            isOneToOne: false;
            referencedRelation: 'sms_settings';
            referencedColumns: ['salon_id'];
          },
        ];
      };
      'sms_settings': {
        Row: {
          'allowed_links': (string)[];
          'call_list_from': string;
          'daily_cap': number;
          'delay_after_booking': string;
          'enabled': boolean;
          'group_same_day': boolean;
          'hours_before': number;
          'language': Database['public']['Enums']['reminder_language'];
          'max_segments': number;
          'min_lead': string;
          'mode': Database['public']['Enums']['reminder_mode'];
          'monthly_cap': number | null;
          'notice_hours': number;
          'problem': string | null;
          'problem_since': string | null;
          'quiet_from': string;
          'quiet_to': string;
          'salon_id': string;
          'send_at_local': string;
          'sender': string | null;
          'template': string;
          'transliterate': boolean;
          'updated_at': string;
        };
        ComputedFields: never;
        Insert: {
          'allowed_links'?: (string)[];
          'call_list_from'?: string;
          'daily_cap'?: number;
          'delay_after_booking'?: string;
          'enabled'?: boolean;
          'group_same_day'?: boolean;
          'hours_before'?: number;
          'language'?: Database['public']['Enums']['reminder_language'];
          'max_segments'?: number;
          'min_lead'?: string;
          'mode'?: Database['public']['Enums']['reminder_mode'];
          'monthly_cap'?: number | null;
          'notice_hours'?: number;
          'problem'?: string | null;
          'problem_since'?: string | null;
          'quiet_from'?: string;
          'quiet_to'?: string;
          'salon_id': string;
          'send_at_local'?: string;
          'sender'?: string | null;
          'template'?: string;
          'transliterate'?: boolean;
          'updated_at'?: string;
        };
        Update: {
          'allowed_links'?: (string)[];
          'call_list_from'?: string;
          'daily_cap'?: number;
          'delay_after_booking'?: string;
          'enabled'?: boolean;
          'group_same_day'?: boolean;
          'hours_before'?: number;
          'language'?: Database['public']['Enums']['reminder_language'];
          'max_segments'?: number;
          'min_lead'?: string;
          'mode'?: Database['public']['Enums']['reminder_mode'];
          'monthly_cap'?: number | null;
          'notice_hours'?: number;
          'problem'?: string | null;
          'problem_since'?: string | null;
          'quiet_from'?: string;
          'quiet_to'?: string;
          'salon_id'?: string;
          'send_at_local'?: string;
          'sender'?: string | null;
          'template'?: string;
          'transliterate'?: boolean;
          'updated_at'?: string;
        };
        Relationships: [
          {
            foreignKeyName: 'sms_settings_salon_id_fkey';
            columns: ['salon_id'];
            isOneToOne: true;
            referencedRelation: 'appointment_daily_stats';
            referencedColumns: ['salon_id'];
          },
          {
            foreignKeyName: 'sms_settings_salon_id_fkey';
            columns: ['salon_id'];
            isOneToOne: true;
            referencedRelation: 'my_salons';
            referencedColumns: ['id'];
          },
          {
            foreignKeyName: 'sms_settings_salon_id_fkey';
            columns: ['salon_id'];
            isOneToOne: true;
            referencedRelation: 'salons';
            referencedColumns: ['id'];
          },
          {
            foreignKeyName: 'sms_settings_salon_id_fkey';
            columns: ['salon_id'];
            isOneToOne: true;
            referencedRelation: 'sync_lag';
            referencedColumns: ['salon_id'];
          },
          {
            foreignKeyName: 'sms_settings_salon_id_fkey';
            columns: ['salon_id'];
            isOneToOne: true;
            referencedRelation: 'webhook_health';
            referencedColumns: ['salon_id'];
          },
        ];
      };
      'sms_texts': {
        Row: {
          'enabled': boolean;
          'enabled_at': string | null;
          'hours_before': number;
          'kind': Database['public']['Enums']['sms_message_kind'];
          'mode': Database['public']['Enums']['reminder_mode'];
          'salon_id': string;
          'send_at_local': string;
          'template': string;
          'updated_at': string;
        };
        ComputedFields: never;
        Insert: {
          'enabled'?: boolean;
          'enabled_at'?: string | null;
          'hours_before'?: number;
          'kind': Database['public']['Enums']['sms_message_kind'];
          'mode'?: Database['public']['Enums']['reminder_mode'];
          'salon_id': string;
          'send_at_local'?: string;
          'template'?: string;
          'updated_at'?: string;
        };
        Update: {
          'enabled'?: boolean;
          'enabled_at'?: string | null;
          'hours_before'?: number;
          'kind'?: Database['public']['Enums']['sms_message_kind'];
          'mode'?: Database['public']['Enums']['reminder_mode'];
          'salon_id'?: string;
          'send_at_local'?: string;
          'template'?: string;
          'updated_at'?: string;
        };
        Relationships: [
          {
            foreignKeyName: 'sms_texts_salon_id_fkey';
            columns: ['salon_id'];
            isOneToOne: false;
            referencedRelation: 'sms_settings';
            referencedColumns: ['salon_id'];
          },
        ];
      };
      'webhook_logs': {
        Row: {
          'action': Database['public']['Enums']['delivery_action'] | null;
          'attempts': number;
          'booking': Json | null;
          'booking_uid': string | null;
          'cal_com_event_id': string | null;
          'created_at': string;
          'delivery_key': string | null;
          'duration_ms': number | null;
          'erased_at': string | null;
          'error_message': string | null;
          'from_salon_webhook': boolean;
          'id': string;
          'next_attempt_at': string | null;
          'occurred_at': string | null;
          'payload': NonNullable<Json>;
          'processed_at': string | null;
          'reason': Database['public']['Enums']['delivery_reason'] | null;
          'redacted_at': string | null;
          'salon_id': string | null;
          'seat_id': string | null;
          'status': string;
          'warnings': (Database['public']['Enums']['delivery_warning'])[];
          'webhook_type': string;
        };
        ComputedFields: never;
        Insert: {
          'action'?: Database['public']['Enums']['delivery_action'] | null;
          'attempts'?: number;
          'booking'?: Json | null;
          'booking_uid'?: string | null;
          'cal_com_event_id'?: string | null;
          'created_at'?: string;
          'delivery_key'?: string | null;
          'duration_ms'?: number | null;
          'erased_at'?: string | null;
          'error_message'?: string | null;
          'from_salon_webhook'?: boolean;
          'id'?: string;
          'next_attempt_at'?: string | null;
          'occurred_at'?: string | null;
          'payload': NonNullable<Json>;
          'processed_at'?: string | null;
          'reason'?: Database['public']['Enums']['delivery_reason'] | null;
          'redacted_at'?: string | null;
          'salon_id'?: string | null;
          'seat_id'?: string | null;
          'status'?: string;
          'warnings'?: (Database['public']['Enums']['delivery_warning'])[];
          'webhook_type': string;
        };
        Update: {
          'action'?: Database['public']['Enums']['delivery_action'] | null;
          'attempts'?: number;
          'booking'?: Json | null;
          'booking_uid'?: string | null;
          'cal_com_event_id'?: string | null;
          'created_at'?: string;
          'delivery_key'?: string | null;
          'duration_ms'?: number | null;
          'erased_at'?: string | null;
          'error_message'?: string | null;
          'from_salon_webhook'?: boolean;
          'id'?: string;
          'next_attempt_at'?: string | null;
          'occurred_at'?: string | null;
          'payload'?: NonNullable<Json>;
          'processed_at'?: string | null;
          'reason'?: Database['public']['Enums']['delivery_reason'] | null;
          'redacted_at'?: string | null;
          'salon_id'?: string | null;
          'seat_id'?: string | null;
          'status'?: string;
          'warnings'?: (Database['public']['Enums']['delivery_warning'])[];
          'webhook_type'?: string;
        };
        Relationships: [
          {
            foreignKeyName: 'webhook_logs_salon_id_fkey';
            columns: ['salon_id'];
            isOneToOne: false;
            referencedRelation: 'appointment_daily_stats';
            referencedColumns: ['salon_id'];
          },
          {
            foreignKeyName: 'webhook_logs_salon_id_fkey';
            columns: ['salon_id'];
            isOneToOne: false;
            referencedRelation: 'my_salons';
            referencedColumns: ['id'];
          },
          {
            foreignKeyName: 'webhook_logs_salon_id_fkey';
            columns: ['salon_id'];
            isOneToOne: false;
            referencedRelation: 'salons';
            referencedColumns: ['id'];
          },
          {
            foreignKeyName: 'webhook_logs_salon_id_fkey';
            columns: ['salon_id'];
            isOneToOne: false;
            referencedRelation: 'sync_lag';
            referencedColumns: ['salon_id'];
          },
          {
            foreignKeyName: 'webhook_logs_salon_id_fkey';
            columns: ['salon_id'];
            isOneToOne: false;
            referencedRelation: 'webhook_health';
            referencedColumns: ['salon_id'];
          },
        ];
      };
      'webhook_replays': {
        Row: {
          'action': Database['public']['Enums']['delivery_action'];
          'id': string;
          'log_id': string;
          'reason': Database['public']['Enums']['delivery_reason'] | null;
          'replayed_at': string;
          'replayed_by': string | null;
          'salon_id': string | null;
        };
        ComputedFields: never;
        Insert: {
          'action': Database['public']['Enums']['delivery_action'];
          'id'?: string;
          'log_id': string;
          'reason'?: Database['public']['Enums']['delivery_reason'] | null;
          'replayed_at'?: string;
          'replayed_by'?: string | null;
          'salon_id'?: string | null;
        };
        Update: {
          'action'?: Database['public']['Enums']['delivery_action'];
          'id'?: string;
          'log_id'?: string;
          'reason'?: Database['public']['Enums']['delivery_reason'] | null;
          'replayed_at'?: string;
          'replayed_by'?: string | null;
          'salon_id'?: string | null;
        };
        Relationships: [
          {
            foreignKeyName: 'webhook_replays_log_id_fkey';
            columns: ['log_id'];
            isOneToOne: false;
            referencedRelation: 'failed_deliveries';
            referencedColumns: ['log_id'];
          },
          {
            foreignKeyName: 'webhook_replays_log_id_fkey';
            columns: ['log_id'];
            isOneToOne: false;
            referencedRelation: 'webhook_logs';
            referencedColumns: ['id'];
          },
          {
            foreignKeyName: 'webhook_replays_salon_id_fkey';
            columns: ['salon_id'];
            isOneToOne: false;
            referencedRelation: 'appointment_daily_stats';
            referencedColumns: ['salon_id'];
          },
          {
            foreignKeyName: 'webhook_replays_salon_id_fkey';
            columns: ['salon_id'];
            isOneToOne: false;
            referencedRelation: 'my_salons';
            referencedColumns: ['id'];
          },
          {
            foreignKeyName: 'webhook_replays_salon_id_fkey';
            columns: ['salon_id'];
            isOneToOne: false;
            referencedRelation: 'salons';
            referencedColumns: ['id'];
          },
          {
            foreignKeyName: 'webhook_replays_salon_id_fkey';
            columns: ['salon_id'];
            isOneToOne: false;
            referencedRelation: 'sync_lag';
            referencedColumns: ['salon_id'];
          },
          {
            foreignKeyName: 'webhook_replays_salon_id_fkey';
            columns: ['salon_id'];
            isOneToOne: false;
            referencedRelation: 'webhook_health';
            referencedColumns: ['salon_id'];
          },
        ];
      };
    };
    Views: {
      'appointment_daily_stats': {
        Row: {
          'appointments': number | null;
          'cancelled': number | null;
          'completed': number | null;
          'local_date': string | null;
          'no_shows': number | null;
          'salon_id': string;
        };
        ComputedFields: never;
        Relationships: [];
      };
      'appointments': {
        Row: {
          'attendance': Database['public']['Enums']['appointment_attendance'] | null;
          'attendee_email': string | null;
          'attendee_name': string | null;
          'attendee_phone': string | null;
          'auto_completed_at': string | null;
          'cal_com_event_id': string;
          'cancellation_reason': string | null;
          'cancelled_at': string | null;
          'client_id': string | null;
          'client_responded_at': string | null;
          'client_response': Database['public']['Enums']['client_response'] | null;
          'created_at': string | null;
          'description': string | null;
          'duration_minutes': number | null;
          'effective_status': string | null;
          'end_time': string;
          'erased_at': string | null;
          'host_name': string | null;
          'host_username': string | null;
          'ical_uid': string | null;
          'id': string;
          'is_over': boolean | null;
          'last_event_at': string | null;
          'link_source': Database['public']['Enums']['link_source'] | null;
          'local_date': string | null;
          'local_end': string | null;
          'local_start': string | null;
          'location': string | null;
          'meeting_url': string | null;
          'pet_id': string | null;
          'salon_id': string | null;
          'salon_name': string;
          'salon_note': string | null;
          'seat_id': string | null;
          'start_time': string;
          'status': string | null;
          'status_before_no_show': string | null;
          'synced_at': string | null;
          'timezone': string;
          'title': string;
          'updated_at': string | null;
        };
        ComputedFields: never;
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
            referencedRelation: 'appointment_daily_stats';
            referencedColumns: ['salon_id'];
          },
          {
            foreignKeyName: 'calendar_events_salon_id_fkey';
            columns: ['salon_id'];
            isOneToOne: false;
            referencedRelation: 'my_salons';
            referencedColumns: ['id'];
          },
          {
            foreignKeyName: 'calendar_events_salon_id_fkey';
            columns: ['salon_id'];
            isOneToOne: false;
            referencedRelation: 'salons';
            referencedColumns: ['id'];
          },
          {
            foreignKeyName: 'calendar_events_salon_id_fkey';
            columns: ['salon_id'];
            isOneToOne: false;
            referencedRelation: 'sync_lag';
            referencedColumns: ['salon_id'];
          },
          {
            foreignKeyName: 'calendar_events_salon_id_fkey';
            columns: ['salon_id'];
            isOneToOne: false;
            referencedRelation: 'webhook_health';
            referencedColumns: ['salon_id'];
          },
        ];
      };
      'call_list': {
        Row: {
          'attendee_name': string | null;
          'client_id': string | null;
          'client_name': string | null;
          'client_surname': string | null;
          'event_id': string;
          'local_date': string | null;
          'local_start': string | null;
          'pet_id': string | null;
          'pet_name': string | null;
          'phone': string | null;
          'salon_id': string | null;
          'start_time': string;
          'status': string | null;
          'timezone': string;
        };
        ComputedFields: never;
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
            referencedRelation: 'appointment_daily_stats';
            referencedColumns: ['salon_id'];
          },
          {
            foreignKeyName: 'calendar_events_salon_id_fkey';
            columns: ['salon_id'];
            isOneToOne: false;
            referencedRelation: 'my_salons';
            referencedColumns: ['id'];
          },
          {
            foreignKeyName: 'calendar_events_salon_id_fkey';
            columns: ['salon_id'];
            isOneToOne: false;
            referencedRelation: 'salons';
            referencedColumns: ['id'];
          },
          {
            foreignKeyName: 'calendar_events_salon_id_fkey';
            columns: ['salon_id'];
            isOneToOne: false;
            referencedRelation: 'sync_lag';
            referencedColumns: ['salon_id'];
          },
          {
            foreignKeyName: 'calendar_events_salon_id_fkey';
            columns: ['salon_id'];
            isOneToOne: false;
            referencedRelation: 'webhook_health';
            referencedColumns: ['salon_id'];
          },
        ];
      };
      'due_reminders': {
        Row: {
          'allowed_links': (string)[];
          'appointments': Json | null;
          'client_id': string | null;
          'client_name': string | null;
          'event_ids': (string)[] | null;
          'kind': Database['public']['Enums']['sms_message_kind'] | null;
          'language': Database['public']['Enums']['reminder_language'];
          'local_date': string | null;
          'max_segments': number;
          'not_after': string | null;
          'phone_number': string | null;
          'salon_address': string | null;
          'salon_id': string;
          'salon_name': string;
          'salon_phone': string | null;
          'send_at': string | null;
          'skip_reason': Database['public']['Enums']['sms_reason'] | null;
          'start_times': (string)[] | null;
          'template': string | null;
          'timezone': string;
          'transliterate': boolean;
          'waiting_message_id': string | null;
        };
        ComputedFields: never;
        Relationships: [];
      };
      'failed_deliveries': {
        Row: {
          'action': Database['public']['Enums']['delivery_action'] | null;
          'attempts': number;
          'booking': Json | null;
          'cal_com_event_id': string | null;
          'created_at': string;
          'error_message': string | null;
          'log_id': string;
          'next_attempt_at': string | null;
          'occurred_at': string | null;
          'reason': Database['public']['Enums']['delivery_reason'] | null;
          'salon_id': string | null;
          'status': string;
          'warnings': (Database['public']['Enums']['delivery_warning'])[];
          'webhook_type': string;
        };
        ComputedFields: never;
        Insert: {
          'action'?: Database['public']['Enums']['delivery_action'] | null;
          'attempts'?: number | null;
          'booking'?: never;
          'cal_com_event_id'?: string | null;
          'created_at'?: string | null;
          'error_message'?: string | null;
          'log_id'?: string | null;
          'next_attempt_at'?: string | null;
          'occurred_at'?: string | null;
          'reason'?: Database['public']['Enums']['delivery_reason'] | null;
          'salon_id'?: string | null;
          'status'?: string | null;
          'warnings'?: (Database['public']['Enums']['delivery_warning'])[] | null;
          'webhook_type'?: string | null;
        };
        Update: {
          'action'?: Database['public']['Enums']['delivery_action'] | null;
          'attempts'?: number | null;
          'booking'?: never;
          'cal_com_event_id'?: string | null;
          'created_at'?: string | null;
          'error_message'?: string | null;
          'log_id'?: string | null;
          'next_attempt_at'?: string | null;
          'occurred_at'?: string | null;
          'reason'?: Database['public']['Enums']['delivery_reason'] | null;
          'salon_id'?: string | null;
          'status'?: string | null;
          'warnings'?: (Database['public']['Enums']['delivery_warning'])[] | null;
          'webhook_type'?: string | null;
        };
        Relationships: [
          {
            foreignKeyName: 'webhook_logs_salon_id_fkey';
            columns: ['salon_id'];
            isOneToOne: false;
            referencedRelation: 'appointment_daily_stats';
            referencedColumns: ['salon_id'];
          },
          {
            foreignKeyName: 'webhook_logs_salon_id_fkey';
            columns: ['salon_id'];
            isOneToOne: false;
            referencedRelation: 'my_salons';
            referencedColumns: ['id'];
          },
          {
            foreignKeyName: 'webhook_logs_salon_id_fkey';
            columns: ['salon_id'];
            isOneToOne: false;
            referencedRelation: 'salons';
            referencedColumns: ['id'];
          },
          {
            foreignKeyName: 'webhook_logs_salon_id_fkey';
            columns: ['salon_id'];
            isOneToOne: false;
            referencedRelation: 'sync_lag';
            referencedColumns: ['salon_id'];
          },
          {
            foreignKeyName: 'webhook_logs_salon_id_fkey';
            columns: ['salon_id'];
            isOneToOne: false;
            referencedRelation: 'webhook_health';
            referencedColumns: ['salon_id'];
          },
        ];
      };
      'my_salons': {
        Row: {
          'address': string | null;
          'id': string;
          'name': string;
          'phone_number': string | null;
          'role': Database['public']['Enums']['member_role'] | null;
          'timezone': string;
        };
        ComputedFields: never;
        Insert: {
          'address'?: string | null;
          'id'?: string | null;
          'name'?: string | null;
          'phone_number'?: string | null;
          'role'?: never;
          'timezone'?: string | null;
        };
        Update: {
          'address'?: string | null;
          'id'?: string | null;
          'name'?: string | null;
          'phone_number'?: string | null;
          'role'?: never;
          'timezone'?: string | null;
        };
        Relationships: [];
      };
      'pet_history': {
        Row: {
          'attendance': Database['public']['Enums']['appointment_attendance'] | null;
          'attendee_email': string | null;
          'attendee_name': string | null;
          'attendee_phone': string | null;
          'auto_completed_at': string | null;
          'cal_com_event_id': string;
          'cancellation_reason': string | null;
          'cancelled_at': string | null;
          'client_id': string | null;
          'client_responded_at': string | null;
          'client_response': Database['public']['Enums']['client_response'] | null;
          'created_at': string | null;
          'description': string | null;
          'duration_minutes': number | null;
          'effective_status': string | null;
          'end_time': string;
          'erased_at': string | null;
          'host_name': string | null;
          'host_username': string | null;
          'ical_uid': string | null;
          'id': string;
          'is_over': boolean | null;
          'last_event_at': string | null;
          'link_source': Database['public']['Enums']['link_source'] | null;
          'local_date': string | null;
          'local_end': string | null;
          'local_start': string | null;
          'location': string | null;
          'meeting_url': string | null;
          'pet_id': string | null;
          'salon_id': string | null;
          'salon_name': string;
          'salon_note': string | null;
          'seat_id': string | null;
          'start_time': string;
          'status': string | null;
          'status_before_no_show': string | null;
          'synced_at': string | null;
          'timezone': string;
          'title': string;
          'updated_at': string | null;
        };
        ComputedFields: never;
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
            referencedRelation: 'appointment_daily_stats';
            referencedColumns: ['salon_id'];
          },
          {
            foreignKeyName: 'calendar_events_salon_id_fkey';
            columns: ['salon_id'];
            isOneToOne: false;
            referencedRelation: 'my_salons';
            referencedColumns: ['id'];
          },
          {
            foreignKeyName: 'calendar_events_salon_id_fkey';
            columns: ['salon_id'];
            isOneToOne: false;
            referencedRelation: 'salons';
            referencedColumns: ['id'];
          },
          {
            foreignKeyName: 'calendar_events_salon_id_fkey';
            columns: ['salon_id'];
            isOneToOne: false;
            referencedRelation: 'sync_lag';
            referencedColumns: ['salon_id'];
          },
          {
            foreignKeyName: 'calendar_events_salon_id_fkey';
            columns: ['salon_id'];
            isOneToOne: false;
            referencedRelation: 'webhook_health';
            referencedColumns: ['salon_id'];
          },
        ];
      };
      'reminder_log': {
        Row: {
          'appointments': Json | null;
          'attempts': number;
          'body': string | null;
          'client_id': string | null;
          'created_at': string;
          'error_code': string | null;
          'final_at': string | null;
          'kind': Database['public']['Enums']['sms_message_kind'];
          'local_date': string;
          'local_send_at': string | null;
          'message_id': string;
          'next_attempt_at': string;
          'outcome': Database['public']['Enums']['reminder_outcome'] | null;
          'phone_number': string | null;
          'provider': Database['public']['Enums']['sms_provider'] | null;
          'reason': Database['public']['Enums']['sms_reason'] | null;
          'salon_id': string;
          'segments': number | null;
          'sent_at': string | null;
          'status': Database['public']['Enums']['sms_message_status'];
          'timezone': string;
        };
        ComputedFields: never;
        Relationships: [
          {
            foreignKeyName: 'sms_messages_client_id_fkey';
            columns: ['client_id', 'salon_id'];
            isOneToOne: false;
            referencedRelation: 'clients';
            referencedColumns: ['id', 'salon_id'];
          },
          {
            foreignKeyName: 'sms_messages_salon_id_fkey';
            columns: ['salon_id'];
            isOneToOne: false;
            referencedRelation: 'appointment_daily_stats';
            referencedColumns: ['salon_id'];
          },
          {
            foreignKeyName: 'sms_messages_salon_id_fkey';
            columns: ['salon_id'];
            isOneToOne: false;
            referencedRelation: 'my_salons';
            referencedColumns: ['id'];
          },
          {
            foreignKeyName: 'sms_messages_salon_id_fkey';
            columns: ['salon_id'];
            isOneToOne: false;
            referencedRelation: 'salons';
            referencedColumns: ['id'];
          },
          {
            foreignKeyName: 'sms_messages_salon_id_fkey';
            columns: ['salon_id'];
            isOneToOne: false;
            referencedRelation: 'sync_lag';
            referencedColumns: ['salon_id'];
          },
          {
            foreignKeyName: 'sms_messages_salon_id_fkey';
            columns: ['salon_id'];
            isOneToOne: false;
            referencedRelation: 'webhook_health';
            referencedColumns: ['salon_id'];
          },
        ];
      };
      'sync_lag': {
        Row: {
          'cal_com_event_id': string;
          'created_at': string | null;
          'event_id': string;
          'lag_seconds': number | null;
          'salon_id': string;
          'synced_at': string | null;
        };
        ComputedFields: never;
        Relationships: [];
      };
      'this_weeks_appointments': {
        Row: {
          'attendance': Database['public']['Enums']['appointment_attendance'] | null;
          'attendee_email': string | null;
          'attendee_name': string | null;
          'attendee_phone': string | null;
          'auto_completed_at': string | null;
          'cal_com_event_id': string;
          'cancellation_reason': string | null;
          'cancelled_at': string | null;
          'client_id': string | null;
          'client_responded_at': string | null;
          'client_response': Database['public']['Enums']['client_response'] | null;
          'created_at': string | null;
          'description': string | null;
          'duration_minutes': number | null;
          'effective_status': string | null;
          'end_time': string;
          'erased_at': string | null;
          'host_name': string | null;
          'host_username': string | null;
          'ical_uid': string | null;
          'id': string;
          'is_over': boolean | null;
          'last_event_at': string | null;
          'link_source': Database['public']['Enums']['link_source'] | null;
          'local_date': string | null;
          'local_end': string | null;
          'local_start': string | null;
          'location': string | null;
          'meeting_url': string | null;
          'pet_id': string | null;
          'salon_id': string | null;
          'salon_name': string;
          'salon_note': string | null;
          'seat_id': string | null;
          'start_time': string;
          'status': string | null;
          'status_before_no_show': string | null;
          'synced_at': string | null;
          'timezone': string;
          'title': string;
          'updated_at': string | null;
        };
        ComputedFields: never;
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
            referencedRelation: 'appointment_daily_stats';
            referencedColumns: ['salon_id'];
          },
          {
            foreignKeyName: 'calendar_events_salon_id_fkey';
            columns: ['salon_id'];
            isOneToOne: false;
            referencedRelation: 'my_salons';
            referencedColumns: ['id'];
          },
          {
            foreignKeyName: 'calendar_events_salon_id_fkey';
            columns: ['salon_id'];
            isOneToOne: false;
            referencedRelation: 'salons';
            referencedColumns: ['id'];
          },
          {
            foreignKeyName: 'calendar_events_salon_id_fkey';
            columns: ['salon_id'];
            isOneToOne: false;
            referencedRelation: 'sync_lag';
            referencedColumns: ['salon_id'];
          },
          {
            foreignKeyName: 'calendar_events_salon_id_fkey';
            columns: ['salon_id'];
            isOneToOne: false;
            referencedRelation: 'webhook_health';
            referencedColumns: ['salon_id'];
          },
        ];
      };
      'todays_appointments': {
        Row: {
          'attendance': Database['public']['Enums']['appointment_attendance'] | null;
          'attendee_email': string | null;
          'attendee_name': string | null;
          'attendee_phone': string | null;
          'auto_completed_at': string | null;
          'cal_com_event_id': string;
          'cancellation_reason': string | null;
          'cancelled_at': string | null;
          'client_id': string | null;
          'client_responded_at': string | null;
          'client_response': Database['public']['Enums']['client_response'] | null;
          'created_at': string | null;
          'description': string | null;
          'duration_minutes': number | null;
          'effective_status': string | null;
          'end_time': string;
          'erased_at': string | null;
          'host_name': string | null;
          'host_username': string | null;
          'ical_uid': string | null;
          'id': string;
          'is_over': boolean | null;
          'last_event_at': string | null;
          'link_source': Database['public']['Enums']['link_source'] | null;
          'local_date': string | null;
          'local_end': string | null;
          'local_start': string | null;
          'location': string | null;
          'meeting_url': string | null;
          'pet_id': string | null;
          'salon_id': string | null;
          'salon_name': string;
          'salon_note': string | null;
          'seat_id': string | null;
          'start_time': string;
          'status': string | null;
          'status_before_no_show': string | null;
          'synced_at': string | null;
          'timezone': string;
          'title': string;
          'updated_at': string | null;
        };
        ComputedFields: never;
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
            referencedRelation: 'appointment_daily_stats';
            referencedColumns: ['salon_id'];
          },
          {
            foreignKeyName: 'calendar_events_salon_id_fkey';
            columns: ['salon_id'];
            isOneToOne: false;
            referencedRelation: 'my_salons';
            referencedColumns: ['id'];
          },
          {
            foreignKeyName: 'calendar_events_salon_id_fkey';
            columns: ['salon_id'];
            isOneToOne: false;
            referencedRelation: 'salons';
            referencedColumns: ['id'];
          },
          {
            foreignKeyName: 'calendar_events_salon_id_fkey';
            columns: ['salon_id'];
            isOneToOne: false;
            referencedRelation: 'sync_lag';
            referencedColumns: ['salon_id'];
          },
          {
            foreignKeyName: 'calendar_events_salon_id_fkey';
            columns: ['salon_id'];
            isOneToOne: false;
            referencedRelation: 'webhook_health';
            referencedColumns: ['salon_id'];
          },
        ];
      };
      'tomorrows_appointments': {
        Row: {
          'client_id': string | null;
          'client_name': string | null;
          'event_id': string;
          'local_date': string | null;
          'local_time': string | null;
          'pet_id': string | null;
          'pet_name': string | null;
          'salon_id': string | null;
          'salon_name': string;
          'start_time': string;
          'status': string | null;
          'timezone': string;
        };
        ComputedFields: never;
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
            referencedRelation: 'appointment_daily_stats';
            referencedColumns: ['salon_id'];
          },
          {
            foreignKeyName: 'calendar_events_salon_id_fkey';
            columns: ['salon_id'];
            isOneToOne: false;
            referencedRelation: 'my_salons';
            referencedColumns: ['id'];
          },
          {
            foreignKeyName: 'calendar_events_salon_id_fkey';
            columns: ['salon_id'];
            isOneToOne: false;
            referencedRelation: 'salons';
            referencedColumns: ['id'];
          },
          {
            foreignKeyName: 'calendar_events_salon_id_fkey';
            columns: ['salon_id'];
            isOneToOne: false;
            referencedRelation: 'sync_lag';
            referencedColumns: ['salon_id'];
          },
          {
            foreignKeyName: 'calendar_events_salon_id_fkey';
            columns: ['salon_id'];
            isOneToOne: false;
            referencedRelation: 'webhook_health';
            referencedColumns: ['salon_id'];
          },
        ];
      };
      'upcoming_appointments': {
        Row: {
          'attendance': Database['public']['Enums']['appointment_attendance'] | null;
          'attendee_email': string | null;
          'attendee_name': string | null;
          'attendee_phone': string | null;
          'auto_completed_at': string | null;
          'cal_com_event_id': string;
          'cancellation_reason': string | null;
          'cancelled_at': string | null;
          'client_id': string | null;
          'client_responded_at': string | null;
          'client_response': Database['public']['Enums']['client_response'] | null;
          'created_at': string | null;
          'description': string | null;
          'duration_minutes': number | null;
          'effective_status': string | null;
          'end_time': string;
          'erased_at': string | null;
          'host_name': string | null;
          'host_username': string | null;
          'ical_uid': string | null;
          'id': string;
          'is_over': boolean | null;
          'last_event_at': string | null;
          'link_source': Database['public']['Enums']['link_source'] | null;
          'local_date': string | null;
          'local_end': string | null;
          'local_start': string | null;
          'location': string | null;
          'meeting_url': string | null;
          'pet_id': string | null;
          'salon_id': string | null;
          'salon_name': string;
          'salon_note': string | null;
          'seat_id': string | null;
          'start_time': string;
          'status': string | null;
          'status_before_no_show': string | null;
          'synced_at': string | null;
          'timezone': string;
          'title': string;
          'updated_at': string | null;
        };
        ComputedFields: never;
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
            referencedRelation: 'appointment_daily_stats';
            referencedColumns: ['salon_id'];
          },
          {
            foreignKeyName: 'calendar_events_salon_id_fkey';
            columns: ['salon_id'];
            isOneToOne: false;
            referencedRelation: 'my_salons';
            referencedColumns: ['id'];
          },
          {
            foreignKeyName: 'calendar_events_salon_id_fkey';
            columns: ['salon_id'];
            isOneToOne: false;
            referencedRelation: 'salons';
            referencedColumns: ['id'];
          },
          {
            foreignKeyName: 'calendar_events_salon_id_fkey';
            columns: ['salon_id'];
            isOneToOne: false;
            referencedRelation: 'sync_lag';
            referencedColumns: ['salon_id'];
          },
          {
            foreignKeyName: 'calendar_events_salon_id_fkey';
            columns: ['salon_id'];
            isOneToOne: false;
            referencedRelation: 'webhook_health';
            referencedColumns: ['salon_id'];
          },
        ];
      };
      'upcoming_reminders': {
        Row: {
          'attendee_name': string | null;
          'client_id': string | null;
          'event_id': string;
          'kind': Database['public']['Enums']['sms_message_kind'] | null;
          'local_date': string | null;
          'local_send_at': string | null;
          'local_start': string | null;
          'pet_id': string | null;
          'salon_id': string | null;
          'send_at': string | null;
          'skip_reason': Database['public']['Enums']['sms_reason'] | null;
          'start_time': string;
          'timezone': string;
        };
        ComputedFields: never;
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
            referencedRelation: 'appointment_daily_stats';
            referencedColumns: ['salon_id'];
          },
          {
            foreignKeyName: 'calendar_events_salon_id_fkey';
            columns: ['salon_id'];
            isOneToOne: false;
            referencedRelation: 'my_salons';
            referencedColumns: ['id'];
          },
          {
            foreignKeyName: 'calendar_events_salon_id_fkey';
            columns: ['salon_id'];
            isOneToOne: false;
            referencedRelation: 'salons';
            referencedColumns: ['id'];
          },
          {
            foreignKeyName: 'calendar_events_salon_id_fkey';
            columns: ['salon_id'];
            isOneToOne: false;
            referencedRelation: 'sync_lag';
            referencedColumns: ['salon_id'];
          },
          {
            foreignKeyName: 'calendar_events_salon_id_fkey';
            columns: ['salon_id'];
            isOneToOne: false;
            referencedRelation: 'webhook_health';
            referencedColumns: ['salon_id'];
          },
        ];
      };
      'webhook_health': {
        Row: {
          'deliveries': number | null;
          'error_count': number | null;
          'error_percentage': number | null;
          'last_delivery_at': string | null;
          'p50_duration_ms': number | null;
          'p95_duration_ms': number | null;
          'processing_count': number | null;
          'processing_percentage': number | null;
          'salon_id': string;
          'success_count': number | null;
          'success_percentage': number | null;
        };
        ComputedFields: never;
        Relationships: [];
      };
    };
    Functions: {
      'accept_invitation': { Args: { 'p_invitation_id': string }; Returns: string };
      'activity_of_appointment': {
        Args: { 'p_event_id': string };
        Returns: {
          'action': Database['public']['Enums']['salon_action'];
          'actor_email': string;
          'created_at': string;
          'error_code': string;
          'id': string;
          'is_client': boolean;
          'is_mine': boolean;
          'outcome': Database['public']['Enums']['action_outcome'];
        }[];
      };
      'add_client_from_booking': {
        Args: { 'p_event_id': string; 'p_pet_name'?: string };
        Returns: {
          'client_id': string;
          'is_new': boolean;
          'pet_id': string;
        }[];
      };
      'booking_contact': {
        Args: { 'p_client_id'?: string; 'p_pet_id'?: string; 'p_salon_id': string };
        Returns: {
          'cal_com_username': string;
          'email': string;
          'name': string;
          'phone': string;
          'timezone': string;
        }[];
      };
      'calcom_api_key': { Args: { 'p_salon_id': string }; Returns: string };
      'calcom_sync_claim': {
        Args: { 'p_from'?: string; 'p_lease_seconds'?: number; 'p_salon_id'?: string };
        Returns: {
          'cal_com_username': string;
          'created_cursor': string;
          'lease_token': string;
          'salon_id': string;
          'scan_after': string;
          'scan_done': number;
          'scan_is_due': boolean;
          'scan_total': number;
          'updated_cursor': string;
        }[];
      };
      'calcom_sync_release': {
        Args: {
          'p_counts': Json;
          'p_error'?: string;
          'p_lease_token': string;
          'p_retry_after_seconds'?: number;
          'p_salon_id': string;
        };
        Returns: boolean;
      };
      'calcom_sync_save_progress': {
        Args: {
          'p_lease_seconds'?: number;
          'p_lease_token': string;
          'p_progress': Json;
          'p_salon_id': string;
        };
        Returns: boolean;
      };
      'calendar_feed': { Args: { 'p_token': string }; Returns: Json };
      'client_link_respond': {
        Args: {
          'p_event_id': string;
          'p_response': Database['public']['Enums']['client_response'];
          'p_start': string;
          'p_token': string;
        };
        Returns: {
          'answer': Database['public']['Enums']['client_link_answer'];
          'cal_com_event_id': string;
          'host': string;
          'salon_id': string;
        }[];
      };
      'client_link_show': { Args: { 'p_token': string }; Returns: Json };
      'confirm_webhook_secret': { Args: { 'p_salon_id': string }; Returns: undefined };
      'default_sms_text': {
        Args: {
          'p_kind': Database['public']['Enums']['sms_message_kind'];
          'p_language': Database['public']['Enums']['reminder_language'];
        };
        Returns: string;
      };
      'erase_client': { Args: { 'p_client_id': string }; Returns: Json };
      'export_client': { Args: { 'p_client_id': string }; Returns: Json };
      'finish_salon_action': {
        Args: {
          'p_error_code'?: string;
          'p_event_id'?: string;
          'p_id': string;
          'p_is_shown'?: boolean;
        };
        Returns: boolean;
      };
      'health_report': {
        Args: Record<PropertyKey, never>;
        Returns: {
          'dead_letters': number;
          'failing': (string)[];
          'failing_jobs': number;
          'last_delivery_at': string;
          'missing_jobs': number;
          'oldest_overdue_reminder_at': string;
          'oldest_overdue_retry_at': string;
          'oldest_passed_over_at': string;
          'oldest_unapplied_at': string;
          'passed_over': Json;
          'reminders_unwoken_since': string;
          'scheduler_ran_at': string;
          'stale_syncs': number;
          'sync_unwoken_since': string;
        }[];
      };
      'invite_member': {
        Args: {
          'p_email': string;
          'p_role'?: Database['public']['Enums']['member_role'];
          'p_salon_id': string;
        };
        Returns: string;
      };
      'my_invitations': {
        Args: Record<PropertyKey, never>;
        Returns: {
          'expires_at': string;
          'id': string;
          'role': Database['public']['Enums']['member_role'];
          'salon_name': string;
        }[];
      };
      'replay_deliveries': {
        Args: { 'p_from': string; 'p_salon_id': string; 'p_status'?: string; 'p_to': string };
        Returns: {
          'applied': number;
          'deferred': number;
          'next_from': string;
          'refused': number;
          'stale': number;
        }[];
      };
      'replay_delivery': {
        Args: { 'p_log_id': string };
        Returns: {
          'action': Database['public']['Enums']['delivery_action'];
          'event_id': string;
          'log_id': string;
          'reason': Database['public']['Enums']['delivery_reason'];
        }[];
      };
      'retire_webhook_secret': { Args: { 'p_salon_id': string }; Returns: undefined };
      'revoke_webhook_secrets': { Args: { 'p_salon_id': string }; Returns: undefined };
      'rotate_calendar_feed_token': { Args: { 'p_salon_id': string }; Returns: string };
      'salons_with_webhook': { Args: Record<PropertyKey, never>; Returns: (string)[] };
      'search_clients': {
        Args: { 'p_limit'?: number; 'p_salon_id'?: string; 'p_text': string };
        Returns: {
          'address': string | null;
          'created_at': string;
          'email': string | null;
          'gdpr_consent_date': string | null;
          'gdpr_consent_recorded_by': string | null;
          'gdpr_consent_source': Database['public']['Enums']['consent_source'] | null;
          'has_gdpr_consent': boolean;
          'id': string;
          'name': string;
          'phone_number': string;
          'salon_id': string | null;
          'surname': string;
        }[];
        SetofOptions: {
          from: '*';
          to: 'clients';
          isOneToOne: false;
          isSetofReturn: true;
        };
      };
      'search_pets': {
        Args: { 'p_limit'?: number; 'p_salon_id'?: string; 'p_text': string };
        Returns: {
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
        }[];
        SetofOptions: {
          from: '*';
          to: 'pets';
          isOneToOne: false;
          isSetofReturn: true;
        };
      };
      'send_reminder_now': {
        Args: { 'p_event_id': string; 'p_kind'?: Database['public']['Enums']['sms_message_kind'] };
        Returns: {
          'is_being_sent': boolean;
          'message_id': string;
        }[];
      };
      'send_test_sms': {
        Args: { 'p_phone': string; 'p_salon_id': string };
        Returns: {
          'is_being_sent': boolean;
          'message_id': string;
        }[];
      };
      'set_attendance': {
        Args: {
          'p_attendance'?: Database['public']['Enums']['appointment_attendance'];
          'p_before'?: Database['public']['Enums']['appointment_attendance'];
          'p_event_id': string;
          'p_start': string;
        };
        Returns: undefined;
      };
      'set_calcom_api_key': {
        Args: { 'p_api_key': string; 'p_salon_id': string };
        Returns: undefined;
      };
      'set_salon_note': {
        Args: { 'p_before'?: string; 'p_event_id': string; 'p_note'?: string };
        Returns: undefined;
      };
      'skip_reminder': {
        Args: { 'p_event_id': string; 'p_kind'?: Database['public']['Enums']['sms_message_kind'] };
        Returns: string;
      };
      'sms_apply_receipts': {
        Args: {
          'p_now'?: string;
          'p_provider': Database['public']['Enums']['sms_provider'];
          'p_receipts': Json;
        };
        Returns: {
          'applied': number;
          'unknown': number;
        }[];
      };
      'sms_begin_dispatch': {
        Args: {
          'p_body'?: string;
          'p_encoding'?: Database['public']['Enums']['sms_encoding'];
          'p_lease_token': string;
          'p_message_id': string;
          'p_now'?: string;
          'p_phone'?: string;
          'p_problem'?: Database['public']['Enums']['sms_reason'];
          'p_segments'?: number;
        };
        Returns: Database['public']['Enums']['sms_dispatch_answer'];
      };
      'sms_claim': {
        Args: {
          'p_lease'?: string;
          'p_limit'?: number;
          'p_now'?: string;
          'p_provider': Database['public']['Enums']['sms_provider'];
        };
        Returns: {
          'allowed_links': (string)[];
          'appointments': Json;
          'client_name': string;
          'language': Database['public']['Enums']['reminder_language'];
          'lease_token': string;
          'link_token': string;
          'max_segments': number;
          'message_id': string;
          'not_after': string;
          'phone': string;
          'salon_address': string;
          'salon_id': string;
          'salon_name': string;
          'salon_phone': string;
          'sender': string;
          'sent_body': string;
          'sent_since': string;
          'sent_to': string;
          'template': string;
          'timezone': string;
          'transliterate': boolean;
          'was_unknown': boolean;
        }[];
      };
      'sms_finish_run': {
        Args: { 'p_counts': Json; 'p_error'?: string; 'p_run_id': string };
        Returns: undefined;
      };
      'sms_plan': {
        Args: { 'p_after'?: string; 'p_now'?: string };
        Returns: {
          'broken': number;
          'next_after': string;
          'planned': number;
          'skipped': number;
        }[];
      };
      'sms_preview': {
        Args: { 'p_limit'?: number; 'p_now'?: string };
        Returns: {
          'allowed_links': (string)[];
          'appointments': Json;
          'client_name': string;
          'kind': Database['public']['Enums']['sms_message_kind'];
          'language': Database['public']['Enums']['reminder_language'];
          'max_segments': number;
          'not_after': string;
          'phone': string;
          'salon_address': string;
          'salon_id': string;
          'salon_name': string;
          'salon_phone': string;
          'send_at': string;
          'skip_reason': Database['public']['Enums']['sms_reason'];
          'template': string;
          'timezone': string;
          'transliterate': boolean;
        }[];
      };
      'sms_receive_reply': {
        Args: {
          'p_body': string;
          'p_phone': string;
          'p_provider': Database['public']['Enums']['sms_provider'];
          'p_reply_id': string;
          'p_response'?: Database['public']['Enums']['client_response'];
        };
        Returns: Database['public']['Enums']['sms_reply_outcome'];
      };
      'sms_record_opt_out': {
        Args: { 'p_phone': string; 'p_source': Database['public']['Enums']['sms_opt_out_source'] };
        Returns: number;
      };
      'sms_recover_and_expire': {
        Args: {
          'p_idempotent_providers': (Database['public']['Enums']['sms_provider'])[];
          'p_now'?: string;
        };
        Returns: {
          'expired': number;
          'requeued': number;
          'unknown': number;
        }[];
      };
      'sms_settle': {
        Args: {
          'p_code'?: string;
          'p_lease_token': string;
          'p_message_id': string;
          'p_now'?: string;
          'p_on_ambiguous'?: Database['public']['Enums']['sms_ambiguity_policy'];
          'p_opt_out'?: boolean;
          'p_outcome': Database['public']['Enums']['sms_attempt_outcome'];
          'p_provider_message_id'?: string;
          'p_random'?: number;
          'p_retry_after_seconds'?: number;
        };
        Returns: Database['public']['Enums']['sms_settle_answer'];
      };
      'sms_start_run': {
        Args: { 'p_provider': Database['public']['Enums']['sms_provider'] };
        Returns: string;
      };
      'sms_withdraw_opt_out': {
        Args: { 'p_phone': string; 'p_source': Database['public']['Enums']['sms_opt_out_source'] };
        Returns: number;
      };
      'stage_webhook_secret': {
        Args: { 'p_salon_id': string; 'p_secret': string };
        Returns: string;
      };
      'start_salon_action': {
        Args: {
          'p_action': Database['public']['Enums']['salon_action'];
          'p_actor_id': string;
          'p_client_id'?: string;
          'p_event_id'?: string;
          'p_request_key': string;
          'p_salon_id': string;
        };
        Returns: {
          'action': Database['public']['Enums']['salon_action'];
          'client_id': string;
          'error_code': string;
          'event_id': string;
          'id': string;
          'is_abandoned': boolean;
          'is_new': boolean;
          'is_shown': boolean;
          'outcome': Database['public']['Enums']['action_outcome'];
        }[];
      };
      'sync_bookings': {
        Args: { 'p_salon_id': string; 'p_snapshots': Json };
        Returns: {
          'action': Database['public']['Enums']['snapshot_action'];
          'code': string;
          'snapshots': number;
        }[];
      };
      'unskip_reminder': {
        Args: { 'p_event_id': string; 'p_kind'?: Database['public']['Enums']['sms_message_kind'] };
        Returns: boolean;
      };
      'upsert_calendar_event': {
        Args: {
          'p_booking'?: Json;
          'p_delivery_key': string;
          'p_error'?: string;
          'p_payload': Json;
          'p_rate_limit'?: number;
          'p_salon_id'?: string;
          'p_webhook_type': string;
        };
        Returns: {
          'action': Database['public']['Enums']['delivery_action'];
          'event_id': string;
          'log_id': string;
          'reason': Database['public']['Enums']['delivery_reason'];
        }[];
      };
      'upsert_salon_delivery': {
        Args: {
          'p_booking'?: Json;
          'p_delivery_key': string;
          'p_error'?: string;
          'p_payload': Json;
          'p_rate_limit'?: number;
          'p_salon_id': string;
          'p_secret_hash': string;
          'p_webhook_type': string;
        };
        Returns: {
          'action': Database['public']['Enums']['delivery_action'];
          'event_id': string;
          'log_id': string;
          'reason': Database['public']['Enums']['delivery_reason'];
        }[];
      };
      'webhook_secrets': { Args: { 'p_salon_id': string }; Returns: (string)[] };
      'worker_secret_hash': { Args: Record<PropertyKey, never>; Returns: string };
    };
    Enums: {
      'action_outcome': 'pending' | 'done' | 'failed';
      'appointment_attendance': 'completed' | 'no_show';
      'client_link_answer': 'recorded' | 'not_found' | 'moved' | 'too_late';
      'client_response': 'coming' | 'wants_to_cancel' | 'wants_to_move';
      'consent_source': 'salon' | 'operator' | 'barkbook';
      'delivery_action':
        | 'applied'
        | 'stale'
        | 'deferred'
        | 'dead'
        | 'ignored'
        | 'invalid'
        | 'duplicate'
        | 'refused';
      'delivery_reason':
        | 'booking_unknown'
        | 'salon_not_found'
        | 'other_salon'
        | 'apply_failed'
        | 'rate_limited'
        | 'invalid_payload'
        | 'erased'
        | 'redacted'
        | 'no_booking';
      'delivery_warning':
        | 'client_refused'
        | 'pet_refused'
        | 'series_unverified'
        | 'attendee_without_seat';
      'link_source': 'metadata' | 'phone' | 'email' | 'manual';
      'member_role': 'owner' | 'staff';
      'reminder_language': 'pl' | 'en';
      'reminder_mode': 'day_before' | 'hours_before';
      'reminder_outcome':
        | 'upcoming'
        | 'sent'
        | 'delivered'
        | 'failed'
        | 'skipped'
        | 'cancelled'
        | 'unknown';
      'salon_action':
        | 'assign'
        | 'add_client'
        | 'correct_contact'
        | 'consent'
        | 'note'
        | 'attendance'
        | 'cancel'
        | 'move'
        | 'no_show'
        | 'confirm'
        | 'decline'
        | 'book'
        | 'client_coming'
        | 'client_cancel'
        | 'client_move'
        | 'take_back_answer'
        | 'send_now'
        | 'skip'
        | 'unskip'
        | 'test_sms';
      'sms_ambiguity_policy': 'hold' | 'resend';
      'sms_attempt_outcome':
        | 'accepted'
        | 'permanent'
        | 'transient'
        | 'unreached'
        | 'account'
        | 'ambiguous'
        | 'not_found'
        | 'unavailable';
      'sms_dispatch_answer':
        | 'go'
        | 'lost_lease'
        | 'needs_rerender'
        | 'paused'
        | 'quiet_hours'
        | 'expired'
        | 'event_gone'
        | 'disabled'
        | 'no_consent'
        | 'no_phone'
        | 'not_mobile'
        | 'country_blocked'
        | 'opted_out'
        | 'too_long'
        | 'template'
        | 'cap'
        | 'daily_cap'
        | 'client_limit';
      'sms_encoding': 'GSM-7' | 'UCS-2';
      'sms_message_kind':
        | 'reminder'
        | 'second_reminder'
        | 'third_reminder'
        | 'booked'
        | 'moved'
        | 'cancelled'
        | 'answer'
        | 'test';
      'sms_message_status':
        | 'pending'
        | 'leased'
        | 'unknown'
        | 'sent'
        | 'delivered'
        | 'undelivered'
        | 'failed'
        | 'dead'
        | 'cancelled'
        | 'expired'
        | 'skipped';
      'sms_opt_out_source': 'salon' | 'smsapi' | 'twilio';
      'sms_provider': 'log' | 'smsapi' | 'twilio';
      'sms_reason':
        | 'no_client'
        | 'no_consent'
        | 'no_phone'
        | 'not_mobile'
        | 'country_blocked'
        | 'opted_out'
        | 'no_window'
        | 'disabled'
        | 'too_long'
        | 'template'
        | 'cap'
        | 'daily_cap'
        | 'client_limit'
        | 'event_gone'
        | 'erased'
        | 'deadline'
        | 'max_attempts'
        | 'ambiguous'
        | 'held'
        | 'late_ack'
        | 'duplicate_suspected'
        | 'lease_expired'
        | 'needs_rerender'
        | 'quiet_hours'
        | 'paused'
        | 'passed_over'
        | 'booked_same_day'
        | 'broken_settings'
        | 'skipped_by_salon';
      'sms_reply_outcome': 'answered' | 'kept' | 'repeated' | 'unknown';
      'sms_settle_answer':
        | 'sent'
        | 'failed'
        | 'retry'
        | 'dead'
        | 'unknown'
        | 'held'
        | 'paused'
        | 'late_ack'
        | 'duplicate_suspected'
        | 'lost_lease';
      'snapshot_action': 'applied' | 'unchanged' | 'deferred' | 'failed';
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
    Enums: {
      'action_outcome': ['pending', 'done', 'failed'],
      'appointment_attendance': ['completed', 'no_show'],
      'client_link_answer': ['recorded', 'not_found', 'moved', 'too_late'],
      'client_response': ['coming', 'wants_to_cancel', 'wants_to_move'],
      'consent_source': ['salon', 'operator', 'barkbook'],
      'delivery_action': [
        'applied',
        'stale',
        'deferred',
        'dead',
        'ignored',
        'invalid',
        'duplicate',
        'refused',
      ],
      'delivery_reason': [
        'booking_unknown',
        'salon_not_found',
        'other_salon',
        'apply_failed',
        'rate_limited',
        'invalid_payload',
        'erased',
        'redacted',
        'no_booking',
      ],
      'delivery_warning': [
        'client_refused',
        'pet_refused',
        'series_unverified',
        'attendee_without_seat',
      ],
      'link_source': ['metadata', 'phone', 'email', 'manual'],
      'member_role': ['owner', 'staff'],
      'reminder_language': ['pl', 'en'],
      'reminder_mode': ['day_before', 'hours_before'],
      'reminder_outcome': [
        'upcoming',
        'sent',
        'delivered',
        'failed',
        'skipped',
        'cancelled',
        'unknown',
      ],
      'salon_action': [
        'assign',
        'add_client',
        'correct_contact',
        'consent',
        'note',
        'attendance',
        'cancel',
        'move',
        'no_show',
        'confirm',
        'decline',
        'book',
        'client_coming',
        'client_cancel',
        'client_move',
        'take_back_answer',
        'send_now',
        'skip',
        'unskip',
        'test_sms',
      ],
      'sms_ambiguity_policy': ['hold', 'resend'],
      'sms_attempt_outcome': [
        'accepted',
        'permanent',
        'transient',
        'unreached',
        'account',
        'ambiguous',
        'not_found',
        'unavailable',
      ],
      'sms_dispatch_answer': [
        'go',
        'lost_lease',
        'needs_rerender',
        'paused',
        'quiet_hours',
        'expired',
        'event_gone',
        'disabled',
        'no_consent',
        'no_phone',
        'not_mobile',
        'country_blocked',
        'opted_out',
        'too_long',
        'template',
        'cap',
        'daily_cap',
        'client_limit',
      ],
      'sms_encoding': ['GSM-7', 'UCS-2'],
      'sms_message_kind': [
        'reminder',
        'second_reminder',
        'third_reminder',
        'booked',
        'moved',
        'cancelled',
        'answer',
        'test',
      ],
      'sms_message_status': [
        'pending',
        'leased',
        'unknown',
        'sent',
        'delivered',
        'undelivered',
        'failed',
        'dead',
        'cancelled',
        'expired',
        'skipped',
      ],
      'sms_opt_out_source': ['salon', 'smsapi', 'twilio'],
      'sms_provider': ['log', 'smsapi', 'twilio'],
      'sms_reason': [
        'no_client',
        'no_consent',
        'no_phone',
        'not_mobile',
        'country_blocked',
        'opted_out',
        'no_window',
        'disabled',
        'too_long',
        'template',
        'cap',
        'daily_cap',
        'client_limit',
        'event_gone',
        'erased',
        'deadline',
        'max_attempts',
        'ambiguous',
        'held',
        'late_ack',
        'duplicate_suspected',
        'lease_expired',
        'needs_rerender',
        'quiet_hours',
        'paused',
        'passed_over',
        'booked_same_day',
        'broken_settings',
        'skipped_by_salon',
      ],
      'sms_reply_outcome': ['answered', 'kept', 'repeated', 'unknown'],
      'sms_settle_answer': [
        'sent',
        'failed',
        'retry',
        'dead',
        'unknown',
        'held',
        'paused',
        'late_ack',
        'duplicate_suspected',
        'lost_lease',
      ],
      'snapshot_action': ['applied', 'unchanged', 'deferred', 'failed'],
    },
  },
} as const;
