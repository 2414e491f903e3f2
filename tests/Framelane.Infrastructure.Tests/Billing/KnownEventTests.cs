using System.Net;
using Framelane.Infrastructure.Billing;
using Stripe;

namespace Framelane.Infrastructure.Tests.Billing;

public sealed class KnownEventTests
{
    [TestCase(HttpStatusCode.BadRequest, "duplicate_meter_event", "A meter event with a duplicate identifier has already been submitted.", true)]
    [TestCase(HttpStatusCode.BadRequest, null, "An event already exists with identifier mtr_1.", true)]
    [TestCase(HttpStatusCode.BadRequest, null, "An event already exists with identifier mtr_2.", false)]
    [TestCase(HttpStatusCode.BadRequest, "resource_missing", "No active meter found for event name mtr_1.", false)]
    [TestCase(HttpStatusCode.BadRequest, null, null, false)]
    [TestCase(HttpStatusCode.InternalServerError, "duplicate_meter_event", "", false)]
    public void A_repeated_event_is_told_by_its_code_or_by_its_sentence(HttpStatusCode status, string? code, string? sentence, bool isKnown) =>
        Assert.That(StripeConnection.IsOfKnownEvent(new(status, new StripeError { Code = code, Message = sentence }, "refused"), "mtr_1"), Is.EqualTo(isKnown));
}
