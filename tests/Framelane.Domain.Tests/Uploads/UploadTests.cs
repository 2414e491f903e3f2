using Framelane.Domain.Assets;
using Framelane.Domain.Uploads;
using Framelane.Domain.Workspaces;

namespace Framelane.Domain.Tests.Uploads;

public sealed class UploadTests
{
    static readonly DateTimeOffset Start = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);

    static readonly TimeSpan Lease = TimeSpan.FromSeconds(20);

    readonly Upload upload = Upload.Begin(UploadId.New(Start), WorkspaceId.New(Start), AssetId.New(Start), "video/mp4", Start);

    [Test]
    public void A_writer_keeps_others_out_until_it_lets_go_or_its_lease_is_over()
    {
        upload.Take(Lease, Start);
        Assert.That(() => upload.Take(Lease, Start + Lease - TimeSpan.FromTicks(1)), Throws.InvalidOperationException);
        upload.Take(Lease, Start + Lease);
        upload.Release(Start + Lease);
        upload.Take(Lease, Start + Lease);
        Assert.That(upload.Fence, Is.EqualTo(3));
    }

    [Test]
    public void A_turn_stands_until_the_next_one()
    {
        upload.Take(Lease, Start);
        var first = upload.Fence;
        Assert.That(upload.IsHeld(first));
        upload.Take(Lease, Start + Lease);
        Assert.That((upload.IsHeld(first), upload.IsHeld(upload.Fence)), Is.EqualTo((false, true)));
    }

    [Test]
    public void What_is_recorded_prolongs_the_lease()
    {
        upload.Take(Lease, Start);
        upload.Record(10, "notes", Lease, Start + TimeSpan.FromSeconds(5));
        Assert.That((upload.Received, upload.Draft), Is.EqualTo((10L, "notes")));
        Assert.That(upload.HasWriter(Start + Lease));
    }

    [Test]
    public void After_an_hour_it_is_over_unless_it_is_complete()
    {
        Assert.That((upload.IsOver(Start + Upload.Lifetime - TimeSpan.FromTicks(1)), upload.IsOver(Start + Upload.Lifetime)), Is.EqualTo((false, true)));
        Assert.That(() => upload.Take(Lease, Start + Upload.Lifetime), Throws.InvalidOperationException);
        Complete();
        Assert.That(upload.IsOver(Start + Upload.Lifetime), Is.False);
    }

    [Test]
    public void What_is_complete_is_taken_by_nobody()
    {
        Complete();
        Assert.That(() => upload.Take(Lease, Start + Lease), Throws.InvalidOperationException);
        Assert.That((upload.IsHeld(upload.Fence), upload.HasWriter(Start)), Is.EqualTo((false, false)));
    }

    [Test]
    public void It_is_complete_with_as_many_bytes_as_were_announced()
    {
        upload.Take(Lease, Start);
        Assert.That(() => upload.Complete(Start), Throws.InvalidOperationException);
        upload.Announce(10);
        upload.Record(9, null, Lease, Start);
        Assert.That(() => upload.Complete(Start), Throws.InvalidOperationException);
    }

    [Test]
    public void Its_length_is_said_once_and_is_no_less_than_what_there_is()
    {
        upload.Record(5, null, Lease, Start);
        Assert.That(() => upload.Announce(4), Throws.InvalidOperationException);
        upload.Announce(5);
        Assert.That(() => upload.Announce(6), Throws.InvalidOperationException);
        upload.StartAnew();
        upload.Announce(6);
        Assert.That((upload.Received, upload.Total), Is.EqualTo((0L, (long?)6)));
    }

    void Complete()
    {
        upload.Take(Lease, Start);
        upload.Announce(10);
        upload.Record(10, null, Lease, Start);
        upload.Complete(Start);
    }
}
