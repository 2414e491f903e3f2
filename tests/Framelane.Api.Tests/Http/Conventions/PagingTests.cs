namespace Framelane.Api.Tests.Http.Conventions;

public sealed class PagingTests : SharedHostTests
{
    static readonly string[] Lists = ["/v1/webhooks", "/v1/webhooks/{webhook_id}/deliveries", "/v1/deliveries", "/v1/workspace/audit-log"];

    [TestCaseSource(nameof(Lists))]
    public async Task A_walk_over_pages_meets_each_old_row_once_newest_first_whatever_comes_meanwhile(string list)
    {
        var webhook = await Tenant.Client.CreateWebhookAsync(new() { Url = Receiver.Url, Enabled = false });
        for (var i = 0; i < 10; i++)
            await AddAsync(i);
        var path = list.Replace("{webhook_id}", webhook.Id, StringComparison.Ordinal);
        var old = Ids(await Tenant.Raw.GetAsync($"{path}?limit=100"));

        var walked = new List<string>();
        var query = "?limit=3";
        for (var page = 0; query.Length > 0; page++)
        {
            var answer = await Tenant.Raw.GetAsync(path + query);
            walked.AddRange(Ids(answer));
            await AddAsync(100 + page);
            Assert.That((bool)answer.Json["has_more"]!, Is.EqualTo(answer.Json["next_cursor"] is not null));
            query = answer.Json["next_cursor"] is { } cursor ? $"?limit=3&cursor={cursor}" : "";
        }

        Assert.That(old, Has.Count.GreaterThanOrEqualTo(10));
        Assert.That(walked, Is.EqualTo(old));
    }

    [Test]
    public async Task A_page_holds_fifty_unless_asked_otherwise()
    {
        for (var i = 0; i < 51; i++)
            await Tenant.Client.UpdateWorkspaceAsync(new() { Name = $"{i}" });

        Assert.That(Ids(await Tenant.Raw.GetAsync("/v1/workspace/audit-log")), Has.Count.EqualTo(50));
        Assert.That(Ids(await Tenant.Raw.GetAsync("/v1/workspace/audit-log?limit=100")), Has.Count.EqualTo(51));
        Assert.That(Ids(await Tenant.Raw.GetAsync("/v1/workspace/audit-log?limit=51")), Has.Count.EqualTo(51));
    }

    [Test]
    public async Task A_last_page_that_is_full_says_that_it_is_the_last()
    {
        for (var i = 0; i < 4; i++)
            await Tenant.CreateWebhookAsync(Receiver.Url);

        var first = await Tenant.Client.ListWebhooksAsync(limit: 2);
        var second = await Tenant.Client.ListWebhooksAsync(first.NextCursor, 2);

        Assert.That((first.HasMore, second.HasMore, second.NextCursor), Is.EqualTo((true, false, (string?)null)));
        Assert.That(second.Data, Has.Count.EqualTo(2));
    }

    [Test]
    public async Task A_cursor_serves_its_list_and_its_workspace_alone_and_only_whole()
    {
        using var other = await Host.AddWorkspaceAsync();
        await Tenant.CreateWebhookAsync(Receiver.Url);
        await Tenant.CreateWebhookAsync(Receiver.Url);
        var cursor = (await Tenant.Client.ListWebhooksAsync(limit: 1)).NextCursor!;

        string[] spoilt = [.. Enumerable.Range(0, cursor.Length).Select(i => Spoil(cursor, i)), cursor[..^1], cursor + "A", cursor + "="];
        var refused = await Task.WhenAll(spoilt.Select(text => Tenant.Raw.GetAsync($"/v1/webhooks?cursor={text}")));

        Assert.Multiple(() =>
        {
            Assert.That(async () => (await Tenant.Raw.GetAsync($"/v1/webhooks?cursor={cursor}")).Status, Is.EqualTo(200));
            Assert.That(async () => (await Tenant.Raw.GetAsync($"/v1/workspace/audit-log?cursor={cursor}")).Status, Is.EqualTo(422));
            Assert.That(async () => (await other.Raw.GetAsync($"/v1/webhooks?cursor={cursor}")).Status, Is.EqualTo(422));
            Assert.That(refused.Select((answer, i) => (i, answer.Status)).Where(answer => answer.Status != 422), Is.Empty);
        });
    }

    async Task AddAsync(int number)
    {
        await Host.AppendAsync(Tenant, "render.completed", $"render_{number}");
        await Tenant.Client.CreateWebhookAsync(new() { Url = Receiver.Url, Enabled = false, Events = ["asset.ready"] });
    }

    static List<string> Ids(Answer page) => [.. page.Json["data"]!.AsArray().Select(row => (string)row!["id"]!)];

    static string Spoil(string cursor, int at) => cursor[..at] + (cursor[at] == 'A' ? 'B' : 'A') + cursor[(at + 1)..];
}
