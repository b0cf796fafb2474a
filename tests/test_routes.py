"""Every view in every role: who gets a page, who is sent to sign in, who is refused, and what exists for nobody."""

import inspect
import re
from pathlib import Path
from typing import cast
from uuid import UUID, uuid4

import pytest
from accounts import two_councils
from conftest import MadeOnce
from doors import PUBLIC, Door, Visitor, doors, visit, visitor
from factories import accounts
from flask import Blueprint, Flask
from sqlalchemy import text
from telling import FULL, Tell
from werkzeug.test import TestResponse

import licensing
from licensing.keys import new_keys
from licensing.permissions import (
    ROLE_PERMISSIONS,
    Permission,
    Role,
    declared_by,
    permissions_of,
    public,
    refuse_undeclared_views,
    requires,
)
from licensing.setup import owner_session

DECIDES = {Permission.CHANGES_APPROVE, Permission.ROLES_APPROVE}
PROPOSES_OR_DECIDES = DECIDES | {Permission.REGISTER_EDIT, Permission.USERS_MANAGE}

# What each view asks for, written down a second time: a permission is widened in two places or not at all.
WORKERS = {Permission.ALLEGATIONS, Permission.DEPUTISE}
NOTE_WRITERS = {Permission.NOTES_WRITE, Permission.NOTES_APPROVE}
ASKED = {
    "accounts.home": {Permission.SIGNED_IN},
    "accounts.let_go": {Permission.SIGNED_IN},
    "accounts.stay_signed_in": {Permission.SIGNED_IN},
    "accounts.take_up": {Permission.SIGNED_IN},
    "audit.list_entries": {Permission.AUDIT_READ, Permission.AUDIT_ACCOUNTS},
    "driver_check.list_checks": {Permission.CHECK_DRIVERS},
    "driver_check.make_check": {Permission.CHECK_DRIVERS},
    "driver_check.print_receipt": {Permission.CHECK_DRIVERS},
    "driver_check.show_check": {Permission.CHECK_DRIVERS},
    "imports.abandon": {Permission.IMPORT, Permission.DISRUPT},
    "imports.apply": {Permission.IMPORT, Permission.DISRUPT},
    "imports.bring_in": {Permission.IMPORT, Permission.DISRUPT},
    "imports.download_missing": {Permission.IMPORT, Permission.DISRUPT},
    "imports.download_receipt": {Permission.IMPORT, Permission.DISRUPT},
    "imports.download_rejected": {Permission.IMPORT, Permission.DISRUPT},
    "imports.list_imports": {Permission.IMPORT, Permission.DISRUPT},
    "imports.show_import": {Permission.IMPORT, Permission.DISRUPT},
    "register.add_licence_of_organisation": {Permission.REGISTER_EDIT},
    "register.add_licence_of_person": {Permission.REGISTER_EDIT},
    "register.add_licence_of_premises": {Permission.REGISTER_EDIT},
    "register.add_licence_of_vehicle": {Permission.REGISTER_EDIT},
    "register.add_organisation": {Permission.REGISTER_EDIT},
    "register.add_part_in_licence": {Permission.REGISTER_EDIT},
    "register.add_part_in_organisation": {Permission.REGISTER_EDIT},
    "register.add_part_in_premises": {Permission.REGISTER_EDIT},
    "register.add_part_in_vehicle": {Permission.REGISTER_EDIT},
    "register.add_premises": {Permission.REGISTER_EDIT},
    "register.add_vehicle": {Permission.REGISTER_EDIT},
    "register.check_entry": {Permission.REGISTER_EDIT},
    "register.correct_event": {Permission.REGISTER_EDIT},
    "register.correct_licence": {Permission.REGISTER_EDIT},
    "register.correct_organisation": {Permission.REGISTER_EDIT},
    "register.correct_person": {Permission.REGISTER_EDIT},
    "register.correct_premises": {Permission.REGISTER_EDIT},
    "register.correct_vehicle": {Permission.REGISTER_EDIT},
    "register.end_part_in_licence": {Permission.REGISTER_EDIT},
    "register.end_part_in_organisation": {Permission.REGISTER_EDIT},
    "register.end_part_in_premises": {Permission.REGISTER_EDIT},
    "register.end_part_in_vehicle": {Permission.REGISTER_EDIT},
    "register.keep_entry": {Permission.REGISTER_EDIT},
    "register.list_organisations": {Permission.REGISTER_READ},
    "register.list_vehicles": {Permission.REGISTER_READ},
    "register.record_address": {Permission.REGISTER_EDIT},
    "register.record_death": {Permission.REGISTER_EDIT},
    "register.record_event": {Permission.REGISTER_EDIT},
    "register.record_mark": {Permission.REGISTER_EDIT},
    "register.record_name": {Permission.REGISTER_EDIT},
    "register.record_number": {Permission.REGISTER_EDIT},
    "register.void_licence": {Permission.REGISTER_EDIT},
    "register.record_obligation": {Permission.REGISTER_EDIT},
    "register.search_organisations": {Permission.REGISTER_READ},
    "register.search_vehicles": {Permission.REGISTER_READ},
    "register.show_licence": {Permission.REGISTER_READ},
    "register.show_organisation": {Permission.REGISTER_READ},
    "register.show_vehicle": {Permission.REGISTER_READ},
    "register.transfer_licence": {Permission.REGISTER_EDIT},
    "register.list_duplicates": {Permission.REGISTER_EDIT},
    "register.show_duplicates": {Permission.REGISTER_EDIT},
    "register.merge_people": {Permission.REGISTER_EDIT},
    "register.undo_merge": {Permission.REGISTER_EDIT},
    "jobs.list_jobs": {Permission.JOBS_READ},
    "jobs.retry": {Permission.JOBS_READ},
    "register.add_person": {Permission.REGISTER_EDIT},
    "register.check_answers": {Permission.REGISTER_EDIT},
    "register.find_before_adding": {Permission.REGISTER_EDIT},
    "register.list_people": {Permission.REGISTER_READ},
    "register.list_premises": {Permission.REGISTER_READ},
    "register.save_person": {Permission.REGISTER_EDIT},
    "register.search_people": {Permission.REGISTER_READ},
    "register.search_premises": {Permission.REGISTER_READ},
    "register.show_likely_people": {Permission.REGISTER_EDIT},
    "register.show_person": {Permission.REGISTER_READ},
    "register.show_premises": {Permission.REGISTER_READ},
    "allegations.add_person": {Permission.ALLEGATIONS},
    "allegations.add_setting": {Permission.ALLEGATIONS},
    "allegations.change_setting": {Permission.ALLEGATIONS},
    "allegations.download_report": {Permission.ALLEGATIONS},
    "allegations.list_consultations": {Permission.ALLEGATIONS},
    "allegations.list_settings": {Permission.ALLEGATIONS},
    "allegations.record_consultation": {Permission.ALLEGATIONS},
    "allegations.record_visit": {Permission.ALLEGATIONS},
    "allegations.show_consultation": {Permission.ALLEGATIONS},
    "allegations.correct_consultation": {Permission.ALLEGATIONS},
    "allegations.show_report": {Permission.ALLEGATIONS},
    "allegations.write_report": {Permission.ALLEGATIONS},
    "allegations.show_setting": {Permission.ALLEGATIONS},
    "allegations.begin": {Permission.ALLEGATIONS},
    "allegations.begin_from_concern": {Permission.ALLEGATIONS},
    "allegations.check_referral": WORKERS,
    "allegations.choose_person": WORKERS,
    "allegations.decide_threshold": WORKERS,
    "allegations.describe_person": WORKERS,
    "allegations.put_together": WORKERS,
    "allegations.find_person": WORKERS,
    "allegations.list_cases": {Permission.ALLEGATIONS},
    "allegations.save_step": WORKERS,
    "allegations.say_purpose": WORKERS,
    "allegations.show_case": {Permission.SIGNED_IN},
    "allegations.show_sharing": {Permission.SIGNED_IN},
    "allegations.set_level": WORKERS,
    "allegations.keep_to_record": WORKERS,
    "allegations.show_told": {Permission.SIGNED_IN},
    "allegations.choose_release": {Permission.ALLEGATIONS},
    "allegations.write_release": {Permission.ALLEGATIONS},
    "allegations.check_release": {Permission.ALLEGATIONS},
    "allegations.show_release": WORKERS,
    "allegations.chase_release": WORKERS,
    "allegations.withdraw_release": WORKERS,
    "allegations.take_answer": WORKERS,
    "allegations.settle_duty": WORKERS,
    "allegations.add_duty": WORKERS,
    "allegations.close_case": WORKERS,
    "allegations.list_released": {Permission.SIGNED_IN},
    "allegations.show_released": {Permission.SIGNED_IN},
    "allegations.acknowledge": {Permission.SIGNED_IN},
    "allegations.answer_released": {Permission.SIGNED_IN},
    "allegations.name_decision": {Permission.SIGNED_IN},
    "allegations.rely": {Permission.SIGNED_IN},
    "allegations.add_action": WORKERS,
    "allegations.add_allegation": WORKERS,
    "allegations.add_entry": WORKERS,
    "allegations.add_strand": WORKERS,
    "allegations.change_allegation": WORKERS,
    "allegations.change_strand": WORKERS,
    "allegations.correct_entry": WORKERS,
    "allegations.finish_action": WORKERS,
    "allegations.plan_meeting": WORKERS,
    "allegations.print_chronology": WORKERS,
    "allegations.record_meeting": WORKERS,
    "allegations.record_outcome": WORKERS,
    "allegations.change_office": {Permission.ALLEGATIONS},
    "allegations.close_to_officer": {Permission.ALLEGATIONS},
    "allegations.end_access": {Permission.ALLEGATIONS},
    "allegations.hold_case": {Permission.ALLEGATIONS},
    "allegations.keep_longer": {Permission.ALLEGATIONS},
    "allegations.hand_over": {Permission.ALLEGATIONS},
    "allegations.name_person": {Permission.ALLEGATIONS},
    "allegations.open_again": {Permission.ALLEGATIONS},
    "allegations.review_access": {Permission.ALLEGATIONS},
    "allegations.review_case": {Permission.ALLEGATIONS},
    "allegations.show_access": {Permission.ALLEGATIONS},
    "allegations.open_in_emergency": {Permission.DEPUTISE},
    "allegations.list_trail": {Permission.RESTRICTED_TRAIL},
    "allegations.acknowledge_noticed": {Permission.RESTRICTED_TRAIL},
    "allegations.show_chronology": {Permission.SIGNED_IN},
    "deadlines.list_rules": {Permission.CASEWORK, Permission.TASKS},
    "deadlines.reckon": {Permission.CASEWORK, Permission.TASKS},
    "deadlines.show_rule": {Permission.CASEWORK, Permission.TASKS},
    "deadlines.set_own_rule": {Permission.POLICIES},
    "deadlines.list_closure_days": {Permission.POLICIES},
    "deadlines.withdraw_closure_day": {Permission.POLICIES},
    "deadlines.show_clock": {Permission.CASEWORK},
    "deadlines.pause": {Permission.CASEWORK},
    "deadlines.resume": {Permission.CASEWORK},
    "deadlines.give_another_day": {Permission.CASEWORK},
    "decisions.list_decisions": {Permission.CASEWORK},
    "decisions.show_decision": {Permission.CASEWORK},
    "decisions.decide": {Permission.CASEWORK},
    "decisions.check_decision": {Permission.CASEWORK},
    "decisions.make_decision": {Permission.CASEWORK},
    "decisions.issue_notice": {Permission.CASEWORK},
    "decisions.print_notice": {Permission.CASEWORK},
    "decisions.serve": {Permission.CASEWORK},
    "decisions.note_new_information": {Permission.CASEWORK},
    "decisions.review": {Permission.CASEWORK},
    "decisions.nominate_supervisor": {Permission.CASEWORK},
    "decisions.record_police": {Permission.CASEWORK},
    "decisions.lodge_appeal": {Permission.CASEWORK},
    "decisions.set_hearing": {Permission.CASEWORK},
    "decisions.end_appeal": {Permission.CASEWORK},
    "decisions.list_suspensions": {Permission.CASEWORK},
    "decisions.list_badges": {Permission.CASEWORK},
    "decisions.list_templates": {Permission.CASEWORK},
    "decisions.list_delegations": {Permission.POLICIES},
    "decisions.end_delegation": {Permission.POLICIES},
    "decisions.review_template": {Permission.POLICIES},
    "tasks.add_task": {Permission.TASKS},
    "tasks.change_due_date": {Permission.TASKS},
    "tasks.finish": {Permission.TASKS},
    "tasks.list_tasks": {Permission.TASKS},
    "tasks.reassign": {Permission.TASKS},
    "tasks.show_task": {Permission.TASKS},
    "administration.close": {Permission.USERS_MANAGE},
    "administration.end_role": {Permission.USERS_MANAGE},
    "administration.end_sessions": {Permission.USERS_MANAGE},
    "administration.give_role": {Permission.USERS_MANAGE},
    "administration.invite": {Permission.USERS_MANAGE},
    "administration.record_review": {Permission.USERS_MANAGE},
    "administration.reinstate": {Permission.USERS_MANAGE},
    "administration.reset_password": {Permission.USERS_MANAGE},
    "administration.reset_second_factor": {Permission.USERS_MANAGE},
    "administration.send_invitation": {Permission.USERS_MANAGE},
    "administration.suspend": {Permission.USERS_MANAGE},
    "administration.withdraw_links": {Permission.USERS_MANAGE},
    "administration.download_access": {Permission.USERS_READ},
    "administration.list_users": {Permission.USERS_READ},
    "administration.review_access": {Permission.USERS_READ},
    "administration.show_user": {Permission.USERS_READ},
    "approvals.approve": DECIDES,
    "approvals.refuse": DECIDES,
    "approvals.list_proposals": PROPOSES_OR_DECIDES,
    "approvals.show_proposal": PROPOSES_OR_DECIDES,
    "approvals.withdraw": PROPOSES_OR_DECIDES,
    "accounts.change_authenticator": {Permission.SIGNED_IN},
    "accounts.change_name": {Permission.SIGNED_IN},
    "accounts.change_password": {Permission.SIGNED_IN},
    "accounts.confirm": {Permission.SIGNED_IN},
    "accounts.end_session": {Permission.SIGNED_IN},
    "accounts.make_recovery_codes": {Permission.SIGNED_IN},
    "accounts.recovery_codes": {Permission.SIGNED_IN},
    "accounts.show_account": {Permission.SIGNED_IN},
    "driver_check.judge": {Permission.CHECK_DRIVERS},
    "driver_check.link_records": {Permission.CHECK_DRIVERS},
    "driver_check.locate": {Permission.CHECK_DRIVERS},
    "finding.search": {Permission.REGISTER_READ},
    "finding.show_results": {Permission.REGISTER_READ},
    "register.end_link": {Permission.REGISTER_EDIT},
    "public_register.change_settings": {Permission.SETTINGS_CHANGE},
    "public_register.show_settings": {Permission.SETTINGS_CHANGE},
    "training.add_course": {Permission.POLICIES},
    "training.add_premises_training": {Permission.CASEWORK},
    "training.add_training": {Permission.CASEWORK},
    "training.add_version": {Permission.POLICIES},
    "training.change_policy": {Permission.POLICIES},
    "training.correct_premises_training": {Permission.CASEWORK},
    "training.correct_training": {Permission.CASEWORK},
    "training.correct_workforce": {Permission.CASEWORK},
    "training.decline_offer": {Permission.CASEWORK},
    "training.download_holders": {Permission.CASEWORK},
    "training.list_courses": {Permission.CASEWORK},
    "training.list_holders": {Permission.CASEWORK},
    "training.list_offers": {Permission.CASEWORK},
    "training.list_workforce": {Permission.CASEWORK},
    "training.record_register_check": {Permission.CASEWORK},
    "training.record_staff": {Permission.CASEWORK},
    "training.say_accepted": {Permission.POLICIES},
    "training.show_coverage": {Permission.CASEWORK},
    "training.show_training": {Permission.CASEWORK},
    "training.take_offer": {Permission.CASEWORK},
    "training.verify": {Permission.CASEWORK},
    "vetting.show_coverage": {Permission.CASEWORK},
    "vetting.list_holders": {Permission.CASEWORK},
    "vetting.download_holders": {Permission.CASEWORK},
    "vetting.list_checks": {Permission.CASEWORK},
    "vetting.record_check": {Permission.CASEWORK},
    "vetting.show_check": {Permission.CASEWORK},
    "vetting.correct_check": {Permission.CASEWORK},
    "vetting.list_policies": {Permission.CASEWORK, Permission.POLICIES},
    "vetting.change_policy": {Permission.POLICIES},
    "suitability.add_application": {Permission.CASEWORK},
    "suitability.add_application_of_person": {Permission.CASEWORK},
    "suitability.add_case": {Permission.CASEWORK},
    "suitability.add_complaint_about_organisation": {Permission.CASEWORK},
    "suitability.add_complaint_about_person": {Permission.CASEWORK},
    "suitability.add_complaint_about_premises": {Permission.CASEWORK},
    "suitability.add_complaint_about_vehicle": {Permission.CASEWORK},
    "suitability.add_consideration": {Permission.CASEWORK},
    "suitability.add_consideration_of_complaint": {Permission.CASEWORK},
    "suitability.add_consideration_of_person": {Permission.CASEWORK},
    "suitability.add_conviction_to_application": {Permission.CASEWORK},
    "suitability.add_conviction_to_consideration": {Permission.CASEWORK},
    "suitability.add_defendant": {Permission.CASEWORK},
    "suitability.add_information": {Permission.CASEWORK},
    "suitability.add_self_report": {Permission.CASEWORK},
    "suitability.change_case": {Permission.CASEWORK},
    "suitability.change_defendant": {Permission.CASEWORK},
    "suitability.close_complaint": {Permission.CASEWORK},
    "suitability.list_applications": {Permission.CASEWORK},
    "suitability.list_cases": {Permission.CASEWORK},
    "suitability.list_complaints": {Permission.CASEWORK},
    "suitability.list_considerations": {Permission.CASEWORK},
    "suitability.list_endings": {Permission.CASEWORK},
    "suitability.list_self_reports": {Permission.CASEWORK},
    "suitability.mark_complete": {Permission.CASEWORK},
    "suitability.recommend_on_application": {Permission.CASEWORK},
    "suitability.recommend_on_consideration": {Permission.CASEWORK},
    "suitability.record_step": {Permission.CASEWORK},
    "suitability.record_answer": {Permission.CASEWORK},
    "suitability.record_operator": {Permission.CASEWORK},
    "suitability.record_told": {Permission.CASEWORK},
    "suitability.say_item": {Permission.CASEWORK},
    "suitability.show_application": {Permission.CASEWORK},
    "suitability.show_case": {Permission.CASEWORK},
    "suitability.show_complaint": {Permission.CASEWORK},
    "suitability.show_consideration": {Permission.CASEWORK},
    "suitability.show_markers": {Permission.CASEWORK},
    "suitability.show_policy": {Permission.CASEWORK},
    "suitability.show_self_report": {Permission.CASEWORK},
    "suitability.take_on": {Permission.CASEWORK},
    "suitability.withdraw": {Permission.CASEWORK},
    "suitability.change_policy": {Permission.POLICIES},
    "suitability.close_consideration": {Permission.DECIDE},
    "suitability.consider_marker": {Permission.DECIDE},
    "sharing.list_entries": {Permission.CASEWORK},
    "sharing.show_entry": {Permission.CASEWORK},
    "sharing.confirm_entry": {Permission.DECIDE},
    "sharing.need_no_entry": {Permission.DECIDE},
    "sharing.confirm_update": {Permission.DECIDE},
    "sharing.upload": {Permission.DECIDE},
    "sharing.list_searches": {Permission.CASEWORK},
    "sharing.show_search": {Permission.CASEWORK},
    "sharing.record_search_for_licence": {Permission.CASEWORK},
    "sharing.record_search": {Permission.CASEWORK},
    "sharing.correct_search": {Permission.CASEWORK},
    "sharing.list_users": {Permission.CASEWORK},
    "sharing.name_user": {Permission.POLICIES},
    "sharing.end_user": {Permission.POLICIES},
    "sharing.list_requests": {Permission.CASEWORK},
    "sharing.ask_about_person": {Permission.CASEWORK},
    "sharing.ask_for_licence": {Permission.CASEWORK},
    "sharing.report_concern": {Permission.CASEWORK},
    "sharing.show_sent": {Permission.CASEWORK},
    "sharing.send": {Permission.CASEWORK},
    "sharing.chase": {Permission.CASEWORK},
    "sharing.record_answer": {Permission.CASEWORK},
    "sharing.have_regard": {Permission.CASEWORK},
    "sharing.note_determined": {Permission.CASEWORK},
    "sharing.receive": {Permission.CASEWORK},
    "sharing.show_received": {Permission.CASEWORK},
    "sharing.say_whose": {Permission.CASEWORK},
    "sharing.answer": {Permission.CASEWORK},
    "sharing.list_disclosures": {Permission.CASEWORK},
    "sharing.print_letter": {Permission.CASEWORK},
    "sharing.show_disclosure": {Permission.CASEWORK},
    "sharing.add_disclosure": {Permission.CASEWORK},
    "concerns.raise_concern": {Permission.SIGNED_IN},
    "concerns.list_raised": {Permission.SIGNED_IN},
    "concerns.show_raised": {Permission.SIGNED_IN},
    "concerns.find_by_reference": {Permission.SIGNED_IN},
    "concerns.list_concerns": {Permission.CASEWORK},
    "concerns.show_concern": {Permission.CASEWORK},
    "concerns.acknowledge": {Permission.CASEWORK},
    "concerns.note": {Permission.CASEWORK},
    "concerns.link": {Permission.CASEWORK},
    "concerns.open_complaint": {Permission.CASEWORK},
    "concerns.open_consideration": {Permission.CASEWORK},
    "concerns.take_no_action": {Permission.CASEWORK},
    "concerns.close": {Permission.CASEWORK},
    "concerns.refer_to_mash": {Permission.CASEWORK},
    "concerns.refer_to_lado": {Permission.CASEWORK},
    "concerns.pass_on": {Permission.CASEWORK},
    "concerns.list_referred": {Permission.ALLEGATIONS},
    "concerns.show_referred": {Permission.ALLEGATIONS},
    "concerns.acknowledge_referral": {Permission.ALLEGATIONS},
    "concerns.advise": {Permission.ALLEGATIONS},
    "concerns.list_staff": {Permission.SIGNED_IN},
    "concerns.show_staff": {Permission.SIGNED_IN},
    "concerns.acknowledge_staff": {Permission.SIGNED_IN},
    "concerns.note_staff": {Permission.SIGNED_IN},
    "concerns.close_staff": {Permission.SIGNED_IN},
    "operations.list_operations": {Permission.DISRUPT},
    "operations.show_operation": {Permission.DISRUPT},
    "operations.plan": {Permission.DISRUPT},
    "operations.add_place": {Permission.DISRUPT},
    "operations.add_agency": {Permission.DISRUPT},
    "operations.brief": {Permission.DISRUPT},
    "operations.begin": {Permission.DISRUPT},
    "operations.call_off": {Permission.DISRUPT},
    "operations.record_night": {Permission.DISRUPT},
    "operations.count": {Permission.DISRUPT},
    "operations.follow_up": {Permission.DISRUPT},
    "operations.debrief": {Permission.DISRUPT},
    "operations.list_purchases": {Permission.DISRUPT},
    "operations.show_purchase": {Permission.DISRUPT},
    "operations.record_purchase": {Permission.DISRUPT},
    "subject_access.list_requests": {Permission.SUBJECT_ACCESS},
    "subject_access.find": {Permission.SUBJECT_ACCESS},
    "subject_access.record": {Permission.SUBJECT_ACCESS},
    "subject_access.show_request": {Permission.SUBJECT_ACCESS},
    "subject_access.prove": {Permission.SUBJECT_ACCESS},
    "subject_access.extend": {Permission.SUBJECT_ACCESS},
    "subject_access.withdraw": {Permission.SUBJECT_ACCESS},
    "subject_access.decide": {Permission.SUBJECT_ACCESS},
    "subject_access.give_plain": {Permission.SUBJECT_ACCESS},
    "subject_access.answer": {Permission.SUBJECT_ACCESS},
    "subject_access.print_letter": {Permission.SUBJECT_ACCESS},
    "hotel_notices.list_notices": {Permission.DISRUPT},
    "hotel_notices.prepare": {Permission.DISRUPT},
    "hotel_notices.show_notice": {Permission.DISRUPT},
    "hotel_notices.print_notice": {Permission.DISRUPT},
    "hotel_notices.serve": {Permission.DISRUPT},
    "hotel_notices.correct_service": {Permission.DISRUPT},
    "hotel_notices.take_effect": {Permission.DISRUPT},
    "hotel_notices.require": {Permission.DISRUPT},
    "hotel_notices.show_requirement": {Permission.DISRUPT},
    "hotel_notices.print_requirement": {Permission.DISRUPT},
    "hotel_notices.receive": {Permission.DISRUPT},
    "prevention.list_counts": {Permission.DISRUPT},
    "prevention.download_counts": {Permission.DISRUPT},
    "prevention.record_count": {Permission.DISRUPT},
    "prevention.correct_count": {Permission.DISRUPT},
    "prevention.list_activities": {Permission.DISRUPT},
    "prevention.download_activities": {Permission.DISRUPT},
    "prevention.record_activity": {Permission.DISRUPT},
    "prevention.correct_activity": {Permission.DISRUPT},
    "places.list_guesthouses": {Permission.DISRUPT},
    "places.download_guesthouses": {Permission.DISRUPT},
    "places.search_places": {Permission.DISRUPT},
    "places.show_place": {Permission.DISRUPT},
    "places.record_check": {Permission.DISRUPT},
    "links.of_person": {Permission.REGISTER_READ},
    "links.of_organisation": {Permission.REGISTER_READ},
    "links.of_vehicle": {Permission.REGISTER_READ},
    "links.of_place": {Permission.DISRUPT},
    "links.of_action": {Permission.DISRUPT},
    "signals.list_signals": {Permission.DISRUPT},
    "signals.show_signal": {Permission.DISRUPT},
    "signals.dismiss": {Permission.DISRUPT},
    "subject_meetings.put_on_agenda": {Permission.DISRUPT},
    "subject_meetings.list_meetings": {Permission.DISRUPT},
    "subject_meetings.plan": {Permission.DISRUPT},
    "subject_meetings.show_meeting": {Permission.DISRUPT},
    "subject_meetings.show_papers": {Permission.DISRUPT},
    "subject_meetings.print_papers": {Permission.DISRUPT},
    "subject_meetings.add_subject": {Permission.DISRUPT},
    "subject_meetings.invite": {Permission.DISRUPT},
    "subject_meetings.hold": {Permission.DISRUPT},
    "subject_meetings.call_off": {Permission.DISRUPT},
    "subject_meetings.decide": {Permission.DISRUPT},
    "signals.list_rules": {Permission.DISRUPT, Permission.SETTINGS_CHANGE},
    "signals.choose_rule": {Permission.SETTINGS_CHANGE},
    "returns.list_returns": {Permission.RETURNS},
    "returns.show_figures": {Permission.RETURNS},
    "returns.download_figures": {Permission.RETURNS},
    "returns.show_answer": {Permission.RETURNS},
    "returns.download_answer": {Permission.RETURNS},
    "returns.show_vehicles": {Permission.RETURNS},
    "returns.download_vehicles": {Permission.RETURNS},
    "returns.name_council": {Permission.RETURNS},
    "returns.list_entries": {Permission.RETURNS},
    "returns.download_entries": {Permission.RETURNS},
    "briefings.list_briefings": {Permission.BRIEFINGS},
    "briefings.draft": {Permission.BRIEFINGS_DRAFT},
    "briefings.draft_month": {Permission.BRIEFINGS_DRAFT},
    "briefings.set_schedule": {Permission.BRIEFINGS_APPROVE},
    "briefings.show_briefing": {Permission.BRIEFINGS},
    "briefings.print_briefing": {Permission.BRIEFINGS},
    "briefings.show_moved": {Permission.FIGURES},
    "briefings.reword": {Permission.BRIEFINGS_DRAFT},
    "briefings.comment": {Permission.FIGURES},
    "briefings.approve": {Permission.BRIEFINGS_APPROVE},
    "briefings.publish": {Permission.BRIEFINGS_APPROVE},
    "briefings.acknowledge": {Permission.BRIEFINGS},
    "briefings.supersede": {Permission.BRIEFINGS_DRAFT},
    "figures.list_figures": {Permission.FIGURES},
    "measures.list_measures": {Permission.FIGURES},
    "measures.show_measure": {Permission.FIGURES},
    "measures.choose": {Permission.BRIEFINGS_APPROVE},
    "measures.comment": {Permission.FIGURES},
    "need_to_know.list_notes": NOTE_WRITERS | {Permission.NOTES_READ, Permission.ALLEGATIONS},
    "need_to_know.draft_note": {Permission.NOTES_WRITE},
    "need_to_know.show_note": NOTE_WRITERS | {Permission.NOTES_READ, Permission.ALLEGATIONS},
    "need_to_know.print_note": NOTE_WRITERS | {Permission.NOTES_READ, Permission.ALLEGATIONS},
    "need_to_know.change_note": {Permission.NOTES_WRITE},
    "need_to_know.update_note": {Permission.NOTES_WRITE},
    "need_to_know.withdraw_note": {Permission.NOTES_WRITE},
    "need_to_know.add_reader": NOTE_WRITERS,
    "need_to_know.remove_reader": {Permission.NOTES_WRITE},
    "need_to_know.write_lado_part": {Permission.ALLEGATIONS},
    "need_to_know.approve_note": {Permission.NOTES_APPROVE},
    "need_to_know.send_back": {Permission.NOTES_APPROVE},
    "need_to_know.issue_note": NOTE_WRITERS,
    "need_to_know.acknowledge": {Permission.NOTES_READ},
    "need_to_know.acknowledge_for": NOTE_WRITERS,
    "need_to_know.close_note": NOTE_WRITERS,
    "need_to_know.list_facts": {Permission.NOTES_WRITE},
    "need_to_know.show_fact": {Permission.NOTES_WRITE},
    "need_to_know.raise_note": {Permission.NOTES_WRITE},
    "need_to_know.need_none": {Permission.NOTES_WRITE},
    "need_to_know.list_reports": NOTE_WRITERS | {Permission.NOTES_READ},
    "need_to_know.put_together": {Permission.NOTES_WRITE},
    "need_to_know.show_report": NOTE_WRITERS | {Permission.NOTES_READ},
    "need_to_know.print_report": NOTE_WRITERS | {Permission.NOTES_READ},
    "need_to_know.change_report": {Permission.NOTES_WRITE},
    "need_to_know.add_report_reader": NOTE_WRITERS,
    "need_to_know.issue_report": {Permission.NOTES_APPROVE},
    "need_to_know.sign_report": {Permission.NOTES_READ},
    "need_to_know.ask_for": {Permission.NOTES_READ},
    "need_to_know.show_request": {Permission.TASKS},
    "need_to_know.finish_request": {Permission.TASKS},
    "need_to_know.list_briefed": NOTE_WRITERS,
    "need_to_know.download_briefed": NOTE_WRITERS,
    "concerns.show_contact": {Permission.SETTINGS_CHANGE},
    "concerns.name_contact": {Permission.SETTINGS_CHANGE},
    "disruption.list_powers": {Permission.DISRUPT},
    "disruption.find_powers": {Permission.DISRUPT},
    "disruption.list_waiting": {Permission.DISRUPT, Permission.SETTINGS_CHANGE},
    "disruption.begin_power": {Permission.SETTINGS_CHANGE},
    "disruption.show_power": {Permission.DISRUPT},
    "disruption.consider": {Permission.DISRUPT},
    "disruption.list_actions": {Permission.DISRUPT},
    "disruption.show_action": {Permission.DISRUPT},
    "disruption.record_event": {Permission.DISRUPT},
    "disruption.correct_event": {Permission.DISRUPT},
    "disruption.add_target": {Permission.DISRUPT},
    "disruption.add_agency": {Permission.DISRUPT},
    "disruption.review": {Permission.DISRUPT},
    "disruption.ask_partner": {Permission.DISRUPT},
    "disruption.list_partner_tasks": {Permission.DISRUPT},
    "disruption.show_partner_task": {Permission.DISRUPT},
    "disruption.list_agencies": {Permission.DISRUPT, Permission.SETTINGS_CHANGE},
    "disruption.add_agency_kept": {Permission.SETTINGS_CHANGE},
    "disruption.show_agency": {Permission.SETTINGS_CHANGE},
    "disruption.add_member": {Permission.SETTINGS_CHANGE},
    "disruption.end_member": {Permission.SETTINGS_CHANGE},
    "disruption.close_agency": {Permission.SETTINGS_CHANGE},
}
RECORDS = (
    "person_id",
    "premises_id",
    "organisation_id",
    "vehicle_id",
    "licence_id",
    "event_id",
    "check_id",
    "import_id",
    "user_id",
    "proposal_id",
    "merge_id",
    "job_id",
    "task_id",
    "link_id",
    "application_id",
    "consideration_id",
    "information_id",
    "complaint_id",
    "report_id",
    "case_id",
    "defendant_id",
    "nr3s_search_id",
    "nr3s_entry_id",
    "nr3s_update_id",
    "nr3s_user_id",
    "request_out_id",
    "request_in_id",
    "disclosure_id",
    "clock_id",
    "decision_id",
    "appeal_id",
    "training_id",
    "offer_id",
    "course_id",
    "vetting_check_id",
    "premises_training_id",
    "workforce_training_id",
    "concern_id",
    "raised_id",
    "referred_id",
    "staff_concern_id",
    "lado_case_id",
    "alert_id",
    "disruption_action_id",
    "disruption_event_id",
    "partner_task_id",
    "operation_id",
    "purchase_id",
    "hotel_notice_id",
    "requirement_id",
    "hotel_service_id",
    "indicator_id",
    "activity_id",
    "place_id",
    "signal_id",
    "subject_meeting_id",
    "briefing_id",
    "note_id",
    "reader_id",
    "notes_report_id",
    "request_id",
    "fact_id",
    "subject_request_id",
)
ALLOWED = (200, 204, 302, 422)
OFFICE_ROLES = {Role.LICENSING_OFFICER, Role.LICENSING_MANAGER}


def test_every_view_asks_for_what_is_written_down_here(only_app: Flask) -> None:
    declared = {endpoint: declared_by(view) for endpoint, view in only_app.view_functions.items() if declared_by(view)}
    open_to_all = {name for name, view in only_app.view_functions.items() if hasattr(view, "public_because")}
    assert declared == ASKED
    assert open_to_all == PUBLIC


def test_the_roles_hold_what_their_work_needs_and_no_more() -> None:
    readers = {role for role, held in ROLE_PERMISSIONS.items() if Permission.REGISTER_READ in held}
    assert readers == OFFICE_ROLES
    assert {role for role, held in ROLE_PERMISSIONS.items() if Permission.CHECK_DRIVERS in held} == OFFICE_ROLES
    assert {role for role, held in ROLE_PERMISSIONS.items() if Permission.AUDIT_READ in held} == {Role.AUDITOR}
    assert {role for role, held in ROLE_PERMISSIONS.items() if Permission.USERS_MANAGE in held} == {Role.ADMINISTRATOR}
    assert Permission.ROLES_APPROVE not in ROLE_PERMISSIONS[Role.ADMINISTRATOR]
    assert Permission.AUDIT_OF_RECORD not in ROLE_PERMISSIONS[Role.LICENSING_OFFICER]


def test_a_view_that_declares_nothing_stops_the_application_from_starting(monkeypatch: pytest.MonkeyPatch) -> None:
    forgotten = Blueprint("forgotten", __name__)
    forgotten.add_url_rule("/forgotten", "view", lambda: "everything")
    monkeypatch.setattr(licensing, "BLUEPRINTS", (*licensing.BLUEPRINTS, forgotten))
    settings = {
        "INSTANCE": Path("unused"),
        "DATABASE_URL": "postgresql+psycopg://nobody@/nothing",
        "SECRET_KEY": "tests",
        "FIELD_KEYS": new_keys(),
    }
    with pytest.raises(RuntimeError, match=r"forgotten\.view"):
        licensing.create_app(settings)


def test_a_view_that_declares_a_permission_or_a_reason_may_start() -> None:
    app = Flask("views", static_folder=None)
    app.add_url_rule("/a", "a", requires(Permission.SIGNED_IN)(lambda: ""))
    app.add_url_rule("/b", "b", public("because")(lambda: ""))
    refuse_undeclared_views(app)


def may(one: Visitor, endpoint: str) -> bool:
    return one.role is not None and bool(permissions_of({one.role}) & ASKED[endpoint])


def expected(one: Visitor, door: Door) -> str:
    """What should become of a visit."""
    if one.role is None:
        return "sign in"
    if not may(one, door.endpoint):
        return "refused"
    return "allowed" if door.is_own else "nothing there"


def met(response: TestResponse) -> str:
    """What became of a visit."""
    if response.status_code == 302 and response.location.startswith("/sign-in"):
        return "sign in"
    if response.status_code in (403, 404):
        return {403: "refused", 404: "nothing there"}[response.status_code]
    return "allowed" if response.status_code in ALLOWED else f"status {response.status_code}"


PARTS = 3
GOAL = "Doors: every role, route and method, with own, another council's and nobody's records"


def masked(page: str) -> str:
    """A page without what differs from one answer to the next: its reference, nonce and form token."""
    for pattern in (r'class="reference">[0-9A-F]{8}<', r'nonce="[^"]+"', r'name="csrf_token" value="[^"]+"'):
        page = re.sub(pattern, "", page)
    return page


# In parts, which run beside each other.
@pytest.mark.parametrize("part", range(PARTS))
def test_every_door_opens_for_whom_it_should_and_tells_nobody_else_what_is_behind(
    made_once: MadeOnce, fast: Flask, tell: Tell, part: int
) -> None:
    oxford, cherwell = made_once(two_councils.both)
    whoever = [*((role, None) for role in Role), (Role.LICENSING_OFFICER, oxford.officer), (None, None)]
    whoever.append((Role.BRIEFING_READER, oxford.contact))
    visitors: list[Visitor] = []
    unexpected, cells, absent = [], 0, set()

    for role, user_id in whoever[part::PARTS]:
        one = visitor(fast, role, user_id)  # who signs in when their turn comes: a second factor lasts minutes
        visitors.append(one)
        for number, door in enumerate(doors(fast, oxford, cherwell, one)):
            wanted = expected(one, door)
            # They are turned away before a record is looked for: `make test` tries some of them, in turn.
            if not FULL and wanted in ("refused", "sign in") and number % (13 if door.record else 7):
                continue
            response = visit(one, door)
            cells += 1
            found = met(response)
            if wanted != found:
                unexpected.append(f"{one.role} {door.method} {door.endpoint} {door.record}: {found}, not {wanted}")
            if wanted == "nothing there":
                absent.add((one.role, one.user_id, door.endpoint, masked(response.text)))
            if wanted in ("refused", "nothing there") and door.record in RECORDS:
                one.refused.add(cast(UUID, door.record_id))

    tell(GOAL, count=cells, unexpected=unexpected, control=None)
    assert cells > 500 / PARTS
    # Another council's record, and one that never was: the same page for the same visitor and route.
    assert len(absent) == len({(role, user, endpoint) for role, user, endpoint, _ in absent})
    for one in visitors:
        assert refusals_kept(one) >= one.refused, one.role


def refusals_kept(one: Visitor) -> set[UUID]:
    """The records that somebody was refused, as the two trails have them."""
    with owner_session() as session:
        kept = " UNION ".join(
            f"SELECT object_id FROM {trail} WHERE action = 'refused' AND actor_id = :id AND object_id IS NOT NULL"
            for trail in ("audit_entry", "restricted_entry")
        )
        return set(session.scalars(text(kept), {"id": one.user_id}))


def test_the_walk_sees_a_door_left_open(
    made_once: MadeOnce, fast: Flask, tell_control: Tell, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The negative control: one policy opened, and another council's record answers 200; one view asks for nothing."""
    oxford, cherwell = made_once(two_councils.both)
    officer = visitor(fast, Role.LICENSING_OFFICER)
    address = f"/people/{cherwell.person_id}"
    door = Door("register.show_person", address, "GET", "person_id", cherwell.person_id)
    assert met(visit(officer, door)) == expected(officer, door) == "nothing there"
    with owner_session() as session:
        session.execute(text("ALTER POLICY person_select ON person USING (true)"))
        session.commit()
    left_open = [met(visit(officer, door)) == "allowed"]
    reader, people = visitor(fast, Role.BRIEFING_READER), Door("register.list_people", "/people", "GET")
    assert met(visit(reader, people)) == expected(reader, people) == "refused"
    monkeypatch.setitem(fast.view_functions, people.endpoint, inspect.unwrap(fast.view_functions[people.endpoint]))
    left_open.append(met(visit(reader, people)) == "allowed")
    assert all(left_open)
    tell_control(GOAL, len(left_open))
    assert oxford.person_id != cherwell.person_id


def test_a_refused_page_is_on_the_trail_of_the_council_of_whoever_was_refused(fast: Flask) -> None:
    reader = visitor(fast, Role.BRIEFING_READER)
    for address in ("/people", f"/people/{uuid4()}"):
        assert reader.browser.get(address).status_code == 403
    with owner_session() as session:
        found = (
            "SELECT object_kind, details FROM audit_entry WHERE actor_id = :id AND authority_id = :own ORDER BY number"
        )
        kept = session.execute(text(found), {"id": reader.user_id, "own": accounts.authority_id(accounts.OXFORD)}).all()
    assert [tuple(row) for row in kept] == [
        ("page", {"page": "register.list_people"}),
        ("person", {"page": "register.show_person"}),
    ]


def test_a_method_that_a_page_does_not_know_is_said_to_everybody_alike(fast: Flask) -> None:
    for role in (None, Role.LICENSING_OFFICER):
        response = visitor(fast, role).browser.post("/people")
        assert response.status_code == 405
        assert "This page cannot be used in that way" in response.text
