using Framelane.Domain.Billing;
using Framelane.Domain.Workspaces;

namespace Framelane.Domain.Tests.Billing;

public sealed class BillingAccountTests
{
    readonly BillingAccount account = BillingAccount.Open(WorkspaceId.New(Given.Start), "cus_1", Given.Start);

    [Test]
    public void Reads_AreNumberedAsTheyBegin()
    {
        var (first, second) = (account.BeginRead(), account.BeginRead());
        Assert.That((first, second, account.LastBegun, account.LastWritten), Is.EqualTo((1L, 2L, 2L, 0L)));
    }

    [Test]
    public void TryWrite_RefusesWhatWasOvertakenAndNothingElse()
    {
        var (first, second, third) = (account.BeginRead(), account.BeginRead(), account.BeginRead());

        using (Assert.EnterMultipleScope())
        {
            Assert.That(account.TryWrite(second), Is.True);
            Assert.That(account.TryWrite(first), Is.False);
            Assert.That(account.TryWrite(second), Is.False);
            Assert.That(account.TryWrite(third), Is.True);
            Assert.That(account.LastWritten, Is.EqualTo(3));
        }
    }

    [Test]
    public void TryWrite_OfAReadThatNeverBegan_IsABug() =>
        Assert.That(() => account.TryWrite(1), Throws.InstanceOf<ArgumentOutOfRangeException>());
}
