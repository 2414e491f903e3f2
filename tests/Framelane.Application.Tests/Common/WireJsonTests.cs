using System.Text;
using System.Text.Json;
using Framelane.Application.Common;
using Framelane.Application.Deliveries;
using Framelane.Application.Events;
using Framelane.Domain.Deliveries;
using Framelane.Domain.Workspaces;

namespace Framelane.Application.Tests.Common;

public sealed class WireJsonTests
{
    sealed record Sample(string LongName, PlanStatus PlanStatus, DateTimeOffset? HappenedAt, int? AttemptNumber);

    [Test]
    public void Names_EnumsAndTimes_AreTheWires() => Assert.That(
        Write(new Sample("Zoë <東京> 🎬 'it' & \"me\"", PlanStatus.PastDue, new(2026, 3, 1, 13, 0, 0, TimeSpan.FromHours(1)), null)),
        Is.EqualTo("""{"long_name":"Zoë <東京> 🎬 'it' & \"me\"","plan_status":"past_due","happened_at":"2026-03-01T12:00:00.000000Z","attempt_number":null}"""
            .Replace("🎬", "\\uD83C\\uDFAC", StringComparison.Ordinal)));

    [TestCase(AttemptStatus.Pending, "pending")]
    [TestCase(AttemptStatus.Succeeded, "succeeded")]
    [TestCase(AttemptStatus.Failed, "failed")]
    [TestCase(AttemptStatus.DeadLettered, "dead_lettered")]
    public void AttemptStatus_IsTheContracts(AttemptStatus status, string wire)
    {
        using (Assert.EnterMultipleScope())
        {
            Assert.That(Write(status), Is.EqualTo($"\"{wire}\""));
            Assert.That(Read<AttemptStatus>($"\"{wire}\""), Is.EqualTo(status));
        }
    }

    [Test]
    public void Plans_AreTheContracts()
    {
        using (Assert.EnterMultipleScope())
        {
            Assert.That(Write(Enum.GetValues<Plan>()), Is.EqualTo("""["free","pro","enterprise"]"""));
            Assert.That(Write(Enum.GetValues<PlanStatus>()), Is.EqualTo("""["active","past_due","cancelled","trialing"]"""));
        }
    }

    [TestCase("3")]
    [TestCase("\"3\"")]
    [TestCase("\"dead\"")]
    public void AnEnum_IsNotReadFromNumbersOrOtherWords(string json) =>
        Assert.That(() => Read<AttemptStatus>(json), Throws.TypeOf<JsonException>());

    [Test]
    public void ANumber_IsNotReadFromText() =>
        Assert.That(() => Read<Sample>("""{"attempt_number":"1"}"""), Throws.TypeOf<JsonException>());

    [Test]
    public void Names_AreReadInTheirOneForm() =>
        Assert.That(Read<Sample>("""{"longName":"a","LONG_NAME":"b","Long_Name":"c"}""")!.LongName, Is.Null);

    [Test]
    public void Times_AsText_SortAsTheTimesDo()
    {
        DateTimeOffset[] times =
        [
            Application.Start,
            Application.Start.AddTicks(10),
            Application.Start.AddMilliseconds(100),
            Application.Start.AddSeconds(1),
            Application.Start.AddHours(1).ToOffset(TimeSpan.FromHours(-5)),
        ];

        Assert.That(times.Select(Write), Is.Ordered.Using<string>(StringComparer.Ordinal));
    }

    [TestCase("2026-03-01T12:00:00Z")]
    [TestCase("2026-03-01T13:30:00+01:30")]
    [TestCase("2026-03-01T12:00:00.0000000Z")]
    public void Times_AreReadAsUtc(string text)
    {
        var read = Read<DateTimeOffset>($"\"{text}\"");

        Assert.That((read, read.Offset), Is.EqualTo((Application.Start, TimeSpan.Zero)));
    }

    [Test]
    [NonParallelizable]
    public void ATimeWithoutAnOffset_IsUtc_WhereverTheServerStands()
    {
        var zone = Environment.GetEnvironmentVariable("TZ");
        try
        {
            StandIn("Asia/Tokyo");
            Assume.That(TimeZoneInfo.Local.BaseUtcOffset, Is.EqualTo(TimeSpan.FromHours(9)), "this machine knows time zones");

            Assert.That(Read<DateTimeOffset>("\"2026-03-01T12:00:00\""), Is.EqualTo(Application.Start));
        }
        finally
        {
            StandIn(zone);
        }

        static void StandIn(string? zone)
        {
            Environment.SetEnvironmentVariable("TZ", zone);
            TimeZoneInfo.ClearCachedData();
        }
    }

    [TestCase("\"yesterday\"")]
    [TestCase("1772366400")]
    [TestCase("\"2026-13-01T00:00:00Z\"")]
    public void Times_AreReadFromNothingElse(string json) => Assert.That(() => Read<DateTimeOffset>(json), Throws.TypeOf<JsonException>());

    [Test]
    public void Make_GivesOtherOptionsTheSameForm() => Assert.That(
        JsonSerializer.Serialize(new { LongName = PlanStatus.PastDue }, WireJson.Make(new())), Is.EqualTo("""{"long_name":"past_due"}"""));

    [Test]
    public void Attempts_AreWrittenAsTheContractNamesThem()
    {
        var json = Write(new AttemptResponse
        {
            Id = "att_1",
            DeliveryId = "dlv_1",
            WebhookId = null,
            EventType = "render.failed",
            AttemptNumber = 2,
            Status = AttemptStatus.DeadLettered,
            CreatedAt = Application.Start,
            JobId = "render_1",
            StatusCode = 500,
            ResponseBody = "no",
            AttemptedAt = Application.Start,
            NextRetryAt = null,
            FailureReason = null,
        });

        Assert.That(JsonDocument.Parse(json).RootElement.EnumerateObject().Select(field => field.Name), Is.SupersetOf(new[]
        {
            "id", "delivery_id", "webhook_id", "event_type", "attempt_number", "status", "created_at", "job_id", "status_code",
            "response_body", "attempted_at", "next_retry_at",
        }));
    }

    [Test]
    public void AList_IsWrittenAsTheContractNamesIt() => Assert.That(
        Write(new ListResponse<int>([1, 2], null, false)), Is.EqualTo("""{"data":[1,2],"next_cursor":null,"has_more":false}"""));

    [Test]
    public void AnEventsBody_IsTheContracts_ToTheByte()
    {
        var body = new EventBody(
            "evt_1",
            "render.completed",
            Application.Start,
            "ws_1",
            3,
            new { Id = "render_1", ProgressPercent = 100 },
            new Dictionary<string, string> { ["orderId"] = "A-1" });

        Assert.That(Encoding.UTF8.GetString(body.ToUtf8()), Is.EqualTo(
            """{"id":"evt_1","type":"render.completed","created_at":"2026-03-01T12:00:00.000000Z","workspace_id":"ws_1","sequence":3,"data":"""
            + """{"id":"render_1","progress_percent":100},"metadata":{"orderId":"A-1"}}"""));
    }

    static string Write<T>(T value) => JsonSerializer.Serialize(value, WireJson.Options);

    static T? Read<T>(string json) => JsonSerializer.Deserialize<T>(json, WireJson.Options);
}
