using Framelane.Domain.Assets;
using Framelane.Domain.Workspaces;

namespace Framelane.Domain.Tests.Assets;

public sealed class AssetTests
{
    static readonly DateTimeOffset Start = new(2025, 1, 31, 12, 0, 0, TimeSpan.Zero);

    static readonly TimeSpan Lease = TimeSpan.FromSeconds(30);

    static readonly AssetMetadata Video = new(AssetKind.Video, 64, 32, 2);

    static readonly WorkspaceId Owner = WorkspaceId.New(Start);

    [Test]
    public void An_upload_is_awaited_received_and_ready()
    {
        var asset = Await();
        Assert.That((asset.Status, asset.HasWork, asset.ExpiresAt), Is.EqualTo((AssetStatus.Awaited, false, Start.AddHours(1))));
        asset.Receive("key", 9, Start.AddMinutes(1));
        Assert.That((asset.HasWork, asset.ClaimableAt, asset.ExpiresAt), Is.EqualTo((true, Start.AddMinutes(1), (DateTimeOffset?)null)));
        asset.BecomeReady(Video, Start.AddDays(1));
        Assert.That((asset.IsSettled, asset.Metadata, asset.ExpiresAt), Is.EqualTo((true, Video, Start.AddDays(1))));
    }

    [Test]
    public void An_import_is_fetched_and_ready_in_one_step()
    {
        var asset = Import();
        asset.Claim(Lease, Start);
        asset.Fetched("key", 9, "video/webm", "webm");
        asset.BecomeReady(Video, null);
        Assert.That((asset.Status, asset.Key, asset.Extension, asset.IsHeld(1)), Is.EqualTo((AssetStatus.Ready, "key", "webm", false)));
    }

    [Test]
    public void Of_two_claims_the_later_one_stands_and_the_first_ends_with_its_lease()
    {
        var asset = Import();
        asset.Claim(Lease, Start);
        Assert.That(() => asset.Claim(Lease, Start + Lease - TimeSpan.FromTicks(1)), Throws.InvalidOperationException);
        asset.Claim(Lease, Start + Lease);
        Assert.That((asset.IsHeld(1), asset.IsHeld(2), asset.Runs), Is.EqualTo((false, true, 2)));
        asset.HandBack(Start + Lease);
        Assert.That((asset.IsHeld(2), asset.ClaimableAt, asset.Runs), Is.EqualTo((false, Start + Lease, 1)));
    }

    [Test]
    public void What_is_awaited_or_settled_cannot_be_claimed()
    {
        var ready = Await();
        ready.Receive("key", 9, Start);
        ready.BecomeReady(Video, null);
        Assert.That(() => Await().Claim(Lease, Start), Throws.InvalidOperationException);
        Assert.That(() => ready.Claim(Lease, Start), Throws.InvalidOperationException);
    }

    [Test]
    public void What_failed_stays_so_and_is_nobodys_any_more()
    {
        var asset = Import();
        asset.Claim(Lease, Start);
        asset.Fail(new("invalid_source", "No."), Start.AddDays(1));
        Assert.That((asset.Status, asset.Error!.Code, asset.ExpiresAt, asset.IsHeld(1)), Is.EqualTo((AssetStatus.Failed, "invalid_source", Start.AddDays(1), false)));
        Assert.That(() => asset.Fail(new("invalid_source", "No.")), Throws.InvalidOperationException);
        Assert.That(() => asset.Fetched("key", 9, "video/webm", "webm"), Throws.InvalidOperationException);
    }

    [Test]
    public void One_that_fails_because_it_did_not_come_goes_when_it_was_said_to()
    {
        var asset = Await();
        asset.Fail(new("source_not_found", "No."));
        Assert.That(asset.ExpiresAt, Is.EqualTo(Start.AddHours(1)));
    }

    [Test]
    public void What_is_deleted_is_taken_from_whoever_holds_it()
    {
        var asset = Asset.Ingest(AssetId.New(Start), Owner, "https://example.com/a", Start);
        asset.Claim(Lease, Start);
        asset.Delete(Start);
        Assert.That((asset.Origin, asset.IsHeld(1), asset.HasWork, asset.IsSettled), Is.EqualTo((AssetOrigin.Ingest, false, false, true)));
    }

    static Asset Await() => Asset.Await(AssetId.New(Start), Owner, "video/mp4", "mp4", "a.mp4", Start.AddHours(1), Start);

    static Asset Import() => Asset.Import(AssetId.New(Start), ImportId.New(Start), Owner, "https://example.com/a", null, Start);
}
