using Framelane.Application.Imports;
using Framelane.Domain.Assets;
using Framelane.Domain.Workspaces;
using Moq;

namespace Framelane.Application.Tests.Imports;

public sealed class ImportTests
{
    readonly Application app = new();

    Asset? stored;

    [Test]
    public async Task An_import_is_kept_as_an_asset_and_announced()
    {
        app.Assets.Setup(port => port.Add(It.IsAny<Asset>())).Callback((Asset asset) => stored = asset);
        app.AssetWorkers.Setup(port => port.Wake());
        var answer = await app.Send(new CreateImportCommand(app.Actor.WorkspaceId, new() { Url = "https://example.com/a", Filename = "a.mp4" }));
        using (Assert.EnterMultipleScope())
        {
            Assert.That(answer.Value, Is.EqualTo(new ImportResponse { Id = stored!.ImportId!.Value.Value, Status = ImportStatus.Processing, CreatedAt = Application.Start }));
            Assert.That((stored.WorkspaceId, stored.FetchUrl, stored.Filename), Is.EqualTo((app.Actor.WorkspaceId, "https://example.com/a", "a.mp4")));
            app.AssetWorkers.Verify(port => port.Wake(), Times.Once);
        }
    }

    [Test]
    public async Task One_that_is_ready_says_what_it_is_named_by_and_one_that_failed_says_why()
    {
        var ready = Import();
        ready.Fetched("key", 9, "video/webm", "webm");
        Assert.That((await GetAsync(ready)).SourceUrl, Is.Null, "It is not known yet what it is.");
        ready.BecomeReady(new(AssetKind.Video, 64, 32, 2), null);
        var failed = Import();
        failed.Fail(new("invalid_source", "No."));
        Assert.That((await GetAsync(ready)).SourceUrl, Is.EqualTo($"https://api.example.com/files/{ready.WorkspaceId}/{ready.Id}.webm"));
        Assert.That((await GetAsync(failed)) is { Status: ImportStatus.Failed, SourceUrl: null, Error: { Code: "invalid_source", Message: "No." } });
    }

    [Test]
    public async Task What_is_not_there_is_named()
    {
        app.Assets.Setup(port => port.FindImportAsync(app.Actor.WorkspaceId, "import_x", It.IsAny<CancellationToken>())).ReturnsAsync((Asset?)null);
        Assert.That((await app.Send(new GetImportQuery(app.Actor.WorkspaceId, "import_x"))).Error!.Message, Is.EqualTo("Import not found."));
    }

    Asset Import() => Asset.Import(AssetId.New(Application.Start), ImportId.New(Application.Start), app.Actor.WorkspaceId, "https://example.com/a", null, Application.Start);

    async Task<ImportResponse> GetAsync(Asset asset)
    {
        app.Assets.Setup(port => port.FindImportAsync(It.IsAny<WorkspaceId>(), It.IsAny<string>(), It.IsAny<CancellationToken>())).ReturnsAsync(asset);
        return (await app.Send(new GetImportQuery(app.Actor.WorkspaceId, asset.ImportId!.Value.Value))).Value!;
    }
}
