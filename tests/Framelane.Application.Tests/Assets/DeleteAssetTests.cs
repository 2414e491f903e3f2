using Framelane.Application.Assets.Delete;
using Framelane.Domain.Assets;
using Framelane.Domain.Audit;
using Moq;

namespace Framelane.Application.Tests.Assets;

public sealed class DeleteAssetTests
{
    readonly Application app = new();

    Asset asset = null!;

    bool isUsed;

    [SetUp]
    public void Keep()
    {
        asset = Asset.Await(AssetId.New(Application.Start), app.Actor.WorkspaceId, "video/mp4", "mp4", null, Application.Start.AddHours(1), Application.Start);
        isUsed = false;
        app.Assets.Setup(port => port.FindForUpdateAsync(app.Actor.WorkspaceId, It.IsAny<string>(), It.IsAny<CancellationToken>()))
            .ReturnsAsync((Domain.Workspaces.WorkspaceId _, string id, CancellationToken _) => id == asset.Id.Value ? asset : null);
        app.Assets.Setup(port => port.IsUsedAsync(asset.Id, It.IsAny<CancellationToken>())).ReturnsAsync(() => isUsed);
    }

    [Test]
    public async Task A_deletion_is_in_the_audit_log()
    {
        Settle();
        Assert.That((await DeleteAsync(asset.Id.Value)).IsSuccess, Is.True);
        Assert.That((asset.Status, asset.ExpiresAt), Is.EqualTo((AssetStatus.Deleted, Application.Start)));
        app.AssertAudited(AuditActions.AssetDeleted, asset.Id.Value);
    }

    [Test]
    public async Task What_a_job_uses_stays_and_nothing_is_in_the_log()
    {
        Settle();
        isUsed = true;
        Assert.That((await DeleteAsync(asset.Id.Value)).Error!.Code, Is.EqualTo("conflict"));
        Assert.That(asset.Status, Is.EqualTo(AssetStatus.Ready));
        app.AssertNothingChanged();
    }

    [Test]
    public async Task What_is_still_received_stays_and_nothing_is_in_the_log()
    {
        Assert.That((await DeleteAsync(asset.Id.Value)).Error!.Code, Is.EqualTo("conflict"));
        app.AssertNothingChanged();
    }

    [Test]
    public async Task What_is_not_there_is_not_found_and_nothing_is_in_the_log()
    {
        Assert.That((await DeleteAsync("ast_none")).Error!.Code, Is.EqualTo("not_found"));
        app.AssertNothingChanged();
    }

    void Settle()
    {
        asset.Receive("key", 1, Application.Start);
        asset.BecomeReady(new(AssetKind.Video, 1, 1, 1), null);
    }

    Task<Domain.Common.Result<MediatR.Unit>> DeleteAsync(string id) => app.Send(new DeleteAssetCommand(app.Actor, id));
}
