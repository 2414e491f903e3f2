namespace Framelane.Api.Tests.Http.Routes;

public sealed class ApiKeyRouteTests : SharedHostTests
{
    [Test]
    public async Task Creation_shows_the_key_this_once()
    {
        var answer = await Tenant.Raw.PostAsync("/v1/api-keys", """{"name": "CI"}""");
        var list = await Tenant.Raw.GetAsync("/v1/api-keys");

        var key = (string)answer.Json["key"]!;
        var row = list.Json["data"]!.AsArray().Single(listed => (string?)listed!["id"] == (string?)answer.Json["id"]);
        Assert.Multiple(() =>
        {
            Assert.That(answer.Status, Is.EqualTo(201));
            Assert.That(Fields.Of(answer.Json), Is.EquivalentTo(Fields.ApiKey.Append("key")));
            Assert.That((string?)answer.Json["id"], Does.StartWith("key_"));
            Assert.That(key, Does.Match("^fl_live_.{32,}$"));
            Assert.That(key, Does.StartWith((string)answer.Json["key_prefix"]!));
            Assert.That(answer.Header("Cache-Control"), Is.EqualTo("no-store"));
            Assert.That(list.Status, Is.EqualTo(200));
            Assert.That(Fields.Of(row), Is.EquivalentTo(Fields.ApiKey));
            Assert.That(list.Body, Does.Not.Contain(key));
        });
    }

    [Test]
    public async Task The_list_has_the_envelope_of_all_lists_and_is_one_page()
    {
        var list = (await Tenant.Raw.GetAsync("/v1/api-keys")).Json;

        Assert.That(Fields.Of(list), Is.EquivalentTo(Fields.Page));
        Assert.That((list["data"]!.AsArray().Count, (string?)list["next_cursor"], (bool?)list["has_more"]), Is.EqualTo((1, (string?)null, (bool?)false)));
    }

    [TestCase(1, " ", 201)]
    [TestCase(255, "\u00a0", 201)]
    [TestCase(256, " ", 422)]
    [TestCase(255, "東", 201)]
    [TestCase(127, "😀", 201)]
    [TestCase(128, "😀", 422)]
    public async Task A_name_is_any_text_of_1_to_255_code_units(int count, string text, int status)
    {
        var name = string.Concat(Enumerable.Repeat(text, count));
        var answer = await Tenant.Raw.PostAsync("/v1/api-keys", $$"""{"name": "{{name}}"}""");

        Assert.That(answer.Status, Is.EqualTo(status), answer.Body);
        if (status == 201)
            Assert.That((string?)answer.Json["name"], Is.EqualTo(name));
        else
            Assert.That(answer.Faults.Single(), Is.EqualTo("body/name too_long"));
    }

    [Test]
    public async Task A_new_key_is_let_in()
    {
        var created = await Tenant.Client.CreateApiKeyAsync(new() { Name = "CI" });
        using var second = new Tenant(created.Key, Host.Url);

        Assert.That((await second.Client.GetWorkspaceAsync()).Id, Is.EqualTo(Tenant.Id.Value));
    }

    [Test]
    public async Task A_revoked_key_is_refused_at_once_and_still_listed()
    {
        var created = await Tenant.Client.CreateApiKeyAsync(new() { Name = "CI" });
        using var second = new Tenant(created.Key, Host.Url);
        await second.Client.GetWorkspaceAsync();

        var answer = await Tenant.Raw.SendAsync("DELETE", $"/v1/api-keys/{created.Id}");
        var refused = await second.Raw.GetAsync("/v1/workspace");
        var listed = (await Tenant.Client.ListApiKeysAsync()).Data.Single(key => key.Id == created.Id);

        Assert.Multiple(() =>
        {
            Assert.That((answer.Status, answer.Body), Is.EqualTo((204, "")));
            Assert.That((refused.Status, refused.Code), Is.EqualTo((401, "unauthorized")));
            Assert.That(listed.RevokedAt, Is.Not.Null);
            Assert.That(async () => (await Tenant.Raw.SendAsync("DELETE", $"/v1/api-keys/{created.Id}")).Status, Is.EqualTo(204));
        });
    }

    [Test]
    public async Task A_key_can_revoke_itself()
    {
        var created = await Tenant.Client.CreateApiKeyAsync(new() { Name = "CI" });
        using var second = new Tenant(created.Key, Host.Url);

        await second.Client.RevokeApiKeyAsync(created.Id);

        Assert.That((await second.Raw.GetAsync("/v1/workspace")).Status, Is.EqualTo(401));
    }

    [Test]
    public async Task A_key_of_another_workspace_is_not_found()
    {
        using var other = await Host.AddWorkspaceAsync();
        var theirs = (await other.Client.ListApiKeysAsync()).Data.Single();

        var answer = await Tenant.Raw.SendAsync("DELETE", $"/v1/api-keys/{theirs.Id}");

        Assert.That((answer.Status, answer.Code, answer.Message), Is.EqualTo((404, "not_found", "API key not found.")));
        Assert.That((await other.Client.ListApiKeysAsync()).Data.Single().RevokedAt, Is.Null);
    }
}
