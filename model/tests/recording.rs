//! **What a log records, and what it would record by mistake: a case for each arm of the one function that says so.**

use enumset::EnumSet;
use mailcover_model::design::{Holder, Log, Trigger};
use mailcover_model::flaw::Flaw;
use mailcover_model::row::{Kind, Row, TOLD_BY_THE_DEVICE};
use mailcover_model::rules::calls::{Signal, went_directly};
use mailcover_model::rules::logging::records;

/// A log of these kinds; the one of the directory's queries has a name of its own.
fn log(name: &str, held_by: Holder, on: impl Into<EnumSet<Kind>>) -> Log {
    Log {
        name: name.to_owned(),
        held_by,
        on: on.into(),
        fields: EnumSet::empty(),
        keep_days: Some(30),
        while_ordered: false,
        yields_to: EnumSet::empty(),
    }
}

fn of_provider(on: impl Into<EnumSet<Kind>>) -> Log {
    log("some", Holder::Provider, on)
}

fn signal(signal: Signal) -> Row {
    let at = Signal::ALL.iter().position(|one| *one == signal).expect("all are listed");
    let row = Row::of(Kind::Signalled).because(at as u8 + 1);
    assert_eq!(Signal::of(row), Some(signal));
    row
}

/// Media of a call, past the provider or through it.
fn media(direct: bool) -> Row {
    let row = Row::of(Kind::Media).because(if direct { 5 } else { 1 });
    assert_eq!(went_directly(row), direct);
    row
}

#[test]
fn a_log_records_what_it_is_of_and_what_somebody_other_than_a_device_said() {
    let recorded = |log: &Log, row: Row| records(None, log, row);
    let all = of_provider(EnumSet::all());
    assert!(recorded(&of_provider(Kind::Lookup), Row::of(Kind::Lookup)));
    assert!(!recorded(&of_provider(Kind::Lookup), Row::of(Kind::Delivered)));
    let told = Row::of(Kind::Told);
    assert!(recorded(&all, told) && !recorded(&all, told.because(TOLD_BY_THE_DEVICE)));
    assert!(recorded(&all, signal(Signal::Rang)) && !recorded(&all, signal(Signal::Missed)));
    assert!(recorded(&all, media(false)) && !recorded(&all, media(true)));
}

#[test]
fn each_mistake_adds_what_it_is_called_for_where_it_is_made() {
    let queries = log(Log::QUERY, Holder::Provider, Kind::Lookup);
    let invitations = of_provider(Kind::Invited);
    let of_carrier = log("sms", Holder::Carrier, Kind::SmsSent);
    let [lookup, submitted, delivered] = [Kind::Lookup, Kind::Submitted, Kind::Delivered].map(Row::of);
    let other = of_provider(Kind::Lookup);
    for (flaw, there, row, elsewhere, not_this) in [
        (Flaw::LogRecordsBody, &queries, submitted, &other, delivered),
        (Flaw::LogRecordsDelivery, &queries, delivered, &other, submitted),
        (Flaw::CarrierRecordsPlatform, &of_carrier, delivered, &other, submitted),
        (Flaw::LogRecordsAnswer, &invitations, signal(Signal::Answered), &other, signal(Signal::Declined)),
        (Flaw::LogRecordsDecline, &invitations, signal(Signal::Declined), &other, signal(Signal::Answered)),
        (Flaw::LogRecordsLength, &invitations, media(true), &other, signal(Signal::Answered)),
    ] {
        assert!(!records(None, there, row), "{flaw:?}");
        assert!(records(Some(flaw), there, row), "{flaw:?}");
        assert!(!records(Some(flaw), elsewhere, row), "{flaw:?}, in another log");
        assert!(!records(Some(flaw), there, not_this), "{flaw:?}, of something else");
        assert!(records(Some(flaw), &queries, lookup), "{flaw:?}, of what the log is of");
    }
}

#[test]
fn each_mistake_drops_what_it_is_called_for_and_nothing_else() {
    let all = of_provider(EnumSet::all());
    let of_carrier = log("all", Holder::Carrier, EnumSet::all());
    let received = Row::of(Kind::Lookup).because(Trigger::Receive as u8 + 1);
    let typed = Row::of(Kind::Lookup).because(Trigger::Type as u8 + 1);
    let [delivered, sms_sent, sms_delivered] =
        [Kind::Delivered, Kind::SmsSent, Kind::SmsDelivered].map(Row::of);
    for (flaw, log, dropped, kept) in [
        (Flaw::OnlyReceiptsRecorded, &all, typed, [received, delivered]),
        (Flaw::SmsDeliveryUnrecorded, &of_carrier, sms_delivered, [sms_sent, delivered]),
        (Flaw::AnswerGoesDirectly, &all, signal(Signal::Answered), [signal(Signal::Rang), delivered]),
        (Flaw::AcknowledgementLost, &all, delivered, [typed, sms_sent]),
    ] {
        assert!(records(None, log, dropped) && !records(Some(flaw), log, dropped), "{flaw:?}");
        assert!(kept.into_iter().all(|row| records(Some(flaw), log, row)), "{flaw:?}");
    }
    assert!(
        records(Some(Flaw::AcknowledgementLost), &of_carrier, delivered),
        "the mistake is the provider's"
    );
}
