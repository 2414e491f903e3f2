namespace Framelane.Api.Tests.Http.BadInput;

public sealed class QueryTests : RefusalTests
{
    static readonly string[] Lists =
        ["/v1/webhooks", "/v1/webhooks/{webhook_id}/deliveries", "/v1/deliveries", "/v1/workspace/audit-log"];

    [TestCaseSource(nameof(Lists))]
    public async Task A_limit_is_1_to_100(string list)
    {
        (string Limit, string Fault)[] cases =
        [
            ("0", "out_of_range"), ("101", "out_of_range"), ("-1", "out_of_range"), ("99999999999999999999", "out_of_range"), ("ten", "int_type"),
            ("", "int_type"), ("1.0", "int_type"), ("%2B1", "int_type"), ("1&limit=2", "duplicate_field"),
        ];
        foreach (var (limit, fault) in cases)
        {
            var answer = await Tenant.Raw.GetAsync($"{PathOf(list)}?limit={limit}");
            Assert.That((answer.Status, answer.Code, answer.Faults.Single()), Is.EqualTo((422, "validation_error", $"query/limit {fault}")), limit);
        }

        Assert.That((await Tenant.Raw.GetAsync($"{PathOf(list)}?limit=1")).Status, Is.EqualTo(200));
        Assert.That((await Tenant.Raw.GetAsync($"{PathOf(list)}?limit=100")).Status, Is.EqualTo(200));
    }

    [TestCaseSource(nameof(Lists))]
    public async Task A_cursor_that_is_none_is_refused(string list)
    {
        string[] cursors = ["", "x", "AAAA", "%00", "..%2F..", WebhookId, new string('a', 1025), "a&cursor=b"];
        foreach (var cursor in cursors)
        {
            var answer = await Tenant.Raw.GetAsync($"{PathOf(list)}?cursor={cursor}");
            Assert.That((answer.Status, answer.Code, answer.Faults.Single()), Is.EqualTo((422, "validation_error", "query/cursor cursor_invalid")), cursor);
        }
    }

    [Test]
    public async Task All_faults_of_a_query_come_at_once_sorted()
    {
        var answer = await Tenant.Raw.GetAsync("/v1/deliveries?status=lost&limit=0&cursor=x");

        Assert.That(answer.Faults, Is.EqualTo(new[] { "query/cursor cursor_invalid", "query/limit out_of_range", "query/status enum" }));
    }

    [TestCase("Pending")]
    [TestCase("0")]
    [TestCase("")]
    public async Task A_status_is_one_of_the_contract(string status)
    {
        var answer = await Tenant.Raw.GetAsync(PathOf($"/v1/webhooks/{{webhook_id}}/deliveries?status={status}"));

        Assert.That((answer.Status, answer.Faults.Single()), Is.EqualTo((422, "query/status enum")));
    }
}
