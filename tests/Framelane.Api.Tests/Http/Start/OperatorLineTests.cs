using Framelane.Client;

namespace Framelane.Api.Tests.Http.Start;

/// <summary>What an operator does by the command line holds for the server that runs beside it, and is told.</summary>
public sealed class OperatorLineTests
{
    [Test]
    public async Task A_workspace_is_made_put_on_a_plan_and_given_and_deprived_of_keys_beside_a_server_that_runs()
    {
        await using var host = await ApiHost.StartAsync();
        Task<OperatorProcess> Admin(params string[] arguments) => OperatorProcess.RunAsync(host.Data.Path, arguments);

        var made = await Admin("workspace", "create", "--name", "Zoë & Co", "--plan", "pro", "--email", "zoe@example.com");
        Assert.That((made.Code, made.Faults), Is.EqualTo((0, "")), made.Faults);
        var (id, key) = (made.Columns()[0], made.Output[^1]);
        Assert.That(made.Columns()[1..], Is.EqualTo(new[] { "Zoë & Co", "pro", "active", "zoe@example.com" }));
        using var tenant = new Tenant(key, host.Url);
        var shown = await tenant.Client.GetWorkspaceAsync();
        Assert.That((shown.Id, shown.Plan, shown.Email, shown.EmailVerified), Is.EqualTo((id, Plan.Pro, "zoe@example.com", true)));

        await Admin("workspace", "set-plan", id, "free");
        Assert.That((await tenant.Client.GetWorkspaceAsync()).Plan, Is.EqualTo(Plan.Free));
        Assert.That((await Admin("workspace", "list")).Output.Select(line => line.Split('\t')[1]), Is.EquivalentTo(new[] { "Zoë & Co", "Default" }));

        var issued = await Admin("key", "issue", id, "--name", "ci");
        using var second = new Tenant(issued.Output[^1], host.Url);
        Assert.That((await second.Raw.GetAsync("/v1/workspace")).Status, Is.EqualTo(200));
        var revoked = await Admin("key", "revoke", id, issued.Columns()[0]);
        Assert.That((revoked.Code, (await second.Raw.GetAsync("/v1/workspace")).Status), Is.EqualTo((0, 401)));
        Assert.That((await Admin("key", "list", id)).Output.Select(line => line.Split('\t')[1]), Is.EqualTo(new[] { "ci", "First" }));

        var audited = (await tenant.Client.ListAuditLogAsync()).Data.Select(entry => (entry.Action, entry.ApiKeyId));
        Assert.That(audited, Is.EquivalentTo(new[] { "api_key.revoked", "api_key.created", "workspace.plan_changed", "api_key.created", "workspace.created" }.Select(action => (action, (string?)null))));
    }

    [Test]
    public async Task A_secret_is_rotated_for_the_server_that_runs()
    {
        await using var host = await ApiHost.StartAsync();
        await using var receiver = await Receiver.StartAsync();
        var webhook = await host.First.CreateWebhookAsync(receiver.Url);
        var id = (await host.First.Client.GetWorkspaceAsync()).Id;
        var rotated = await OperatorProcess.RunAsync(host.Data.Path, "secret", "rotate", id, "--grace", "3600");
        Assert.That((rotated.Code, rotated.Output.Length), Is.EqualTo((0, 1)), rotated.Faults);
        await host.First.Client.TestWebhookAsync(webhook.Id);
        await Eventually.HoldsAsync(() => receiver.Deliveries.Count == 1);
        var delivery = receiver.Deliveries.Single();
        Assert.That((delivery.IsSignedWith(rotated.Output[0]), delivery.IsSignedWith(webhook.Secret)), Is.EqualTo((true, true)), "both, during the grace");
    }

    [TestCase("Workspace not found.", "key", "list", "ws_01ARZ3NDEKTSV4RRFFQ69G5FAV")]
    [TestCase("Workspace not found.", "secret", "rotate", "nobody")]
    [TestCase("email: That is no mail address.", "workspace", "create", "--name", "a", "--email", "nobody")]
    [TestCase("name: A name has 1 to 255 characters.", "workspace", "create", "--name", "")]
    [TestCase("'gold' not recognized", "workspace", "set-plan", "ws_01ARZ3NDEKTSV4RRFFQ69G5FAV", "gold")]
    [TestCase("Option '--name' is required.", "workspace", "create")]
    [TestCase("Unrecognized command or argument 'paint'.", "paint")]
    [TestCase("Required command was not provided.")]
    [TestCase("the file '/nowhere' cannot be read", "secrets", "reencrypt", "--new-master-key", "/nowhere")]
    public async Task What_cannot_be_done_is_said_and_nothing_is_printed(string fault, params string[] arguments)
    {
        using var data = new DataFolder();
        var refused = await OperatorProcess.RunAsync(data.Path, arguments);
        Assert.That(refused.Code, Is.EqualTo(1));
        Assert.That(refused.Faults, Does.Contain(fault));
        Assert.That(refused.Output.Where(line => line.StartsWith("ws_", StringComparison.Ordinal) || line.StartsWith("fl_", StringComparison.Ordinal)), Is.Empty);
    }

    [TestCase(false)]
    [TestCase(true)]
    public async Task Everything_is_encrypted_anew_while_nobody_runs(bool underAnotherMasterKey)
    {
        using var data = new DataFolder();
        await using var receiver = await Receiver.StartAsync();
        var newKey = Path.Combine(data.Path, "new.key");
        await File.WriteAllTextAsync(newKey, Convert.ToBase64String(System.Security.Cryptography.RandomNumberGenerator.GetBytes(32)));
        var settings = new[] { ("Framelane:DataPath", data.Path), ("Framelane:Outbound:AllowHttp", "true"), ("Framelane:Outbound:AllowedNetworks:0", "127.0.0.0/8") };
        string[] command = ["secrets", "reencrypt", .. underAnotherMasterKey ? new[] { "--new-master-key", newKey } : []];
        string webhookId, secret;
        await using (var server = ApiProcess.Start(settings))
        {
            using var before = new Tenant(await KeyAsync(server, data), await server.UrlAsync());
            var webhook = await before.CreateWebhookAsync(receiver.Url);
            (webhookId, secret) = (webhook.Id, (await before.Client.RotateSecretAsync(webhook.Id, "once")).Secret);
            var early = await OperatorProcess.RunAsync(data.Path, command);
            Assert.That((early.Code, early.Faults), Is.EqualTo((1, "A process runs on this database, or did within the last minute. Stop all of them first.\n")));
            await server.StopAsync();
        }

        var done = await OperatorProcess.RunAsync(data.Path, command);
        Assert.That((done.Code, done.Output[0]), Is.EqualTo((0, "Encrypted anew: the secrets of 1 workspaces, 1 answers, 0 mails.")), done.Faults);

        if (underAnotherMasterKey)
        {
            await using var old = ApiProcess.Start(settings);
            Assert.That(await old.ExitCodeAsync(), Is.Not.Zero, "the former master key opens nothing any more");
            settings = [.. settings, ("Framelane:Secrets:MasterKeyFile", newKey)];
        }

        await using var after = ApiProcess.Start(settings);
        using var tenant = new Tenant((await File.ReadAllTextAsync(Path.Combine(data.Path, "api-key"))).Trim(), await after.UrlAsync());
        var repeat = await tenant.Raw.PostAsync($"/v1/webhooks/{webhookId}/rotate-secret", "", ("Idempotency-Key", "once"));
        Assert.That((repeat.Status, (string?)repeat.Json["secret"]), Is.EqualTo(underAnotherMasterKey ? (409, null) : (200, secret)), "what it was asked for is known by the master key alone");
        await tenant.Client.TestWebhookAsync(webhookId);
        await Eventually.HoldsAsync(() => receiver.Deliveries.Count == 1);
        Assert.That(receiver.Deliveries.Single().IsSignedWith(secret), Is.True);
    }

    static async Task<string> KeyAsync(ApiProcess server, DataFolder data)
    {
        await server.UrlAsync();
        return (await File.ReadAllTextAsync(Path.Combine(data.Path, "api-key"))).Trim();
    }
}
