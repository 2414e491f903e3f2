using Framelane.Client;

namespace Framelane.Api.Tests.Http.Routes;

/// <summary>A workspace is deleted over real HTTP: its keys die at once, its work stops, its files go.</summary>
public sealed class DeleteWorkspaceTests : SharedHostTests
{
    [Test]
    public async Task Its_keys_die_at_once_its_work_stops_and_its_files_go()
    {
        await Tenant.CreateWebhookAsync(Receiver.Url);
        var made = await Tenant.Client.CreateRenderAsync(new() { Width = 64, Height = 32, OutputFormat = OutputFormat.Png });
        await Eventually.HoldsAsync(async () => (await Tenant.Client.GetRenderAsync(made.Id, wait: 5)).Status == JobStatus.Completed);
        var address = (await Tenant.Raw.GetAsync($"/v1/renders/{made.Id}/download")).Header("Location");
        var endless = await Tenant.Client.CreateRenderAsync(new() { Width = 1280, Height = 720, FrameRate = 240, Duration = 600 });
        await Eventually.HoldsAsync(async () => (await Tenant.Client.GetRenderAsync(endless.Id)).Status == JobStatus.Processing);
        await Eventually.HoldsAsync(() => Receiver.Deliveries.Any(delivery => delivery.Event.Type == "render.completed"));
        var second = await Tenant.Client.CreateApiKeyAsync(new() { Name = "Second" });
        using var other = new Tenant(second.Key, Host.Url);

        var deleted = await Tenant.Raw.SendAsync("DELETE", "/v1/workspace");
        var told = Receiver.Deliveries.Count;
        Assert.Multiple(async () =>
        {
            Assert.That((deleted.Status, deleted.Body), Is.EqualTo((202, "")));
            Assert.That((await Tenant.Raw.GetAsync("/v1/workspace")).Status, Is.EqualTo(401));
            Assert.That((await other.Raw.GetAsync("/v1/workspace")).Status, Is.EqualTo(401));
            Assert.That((await Tenant.Raw.SendAsync("DELETE", "/v1/workspace")).Status, Is.EqualTo(401));
        });

        using var anyone = new HttpClient(new SocketsHttpHandler { UseProxy = false });
        await Eventually.HoldsAsync(async () => !(await anyone.GetAsync(address)).IsSuccessStatusCode);
        await Eventually.HoldsAsync(() => !Directory.EnumerateFileSystemEntries(Host.Data.Path, "*", SearchOption.AllDirectories)
            .Any(path => path.Contains(Tenant.Id.Value, StringComparison.Ordinal) || path.Contains(endless.Id, StringComparison.Ordinal)));
        Assert.That(Receiver.Deliveries, Has.Count.EqualTo(told), "nothing is delivered any more");
        using var neighbour = await Host.AddWorkspaceAsync();
        Assert.That((await neighbour.Raw.GetAsync("/v1/workspace")).Status, Is.EqualTo(200));
    }
}
