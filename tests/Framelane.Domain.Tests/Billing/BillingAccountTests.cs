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
            Assert.That(account.TryWrite(second, givesPlan: true), Is.True);
            Assert.That(account.TryWrite(first, givesPlan: true), Is.False);
            Assert.That(account.TryWrite(second, givesPlan: true), Is.False);
            Assert.That(account.TryWrite(third, givesPlan: true), Is.True);
            Assert.That(account.LastWritten, Is.EqualTo(3));
        }
    }

    [Test]
    public void APlan_IsWhatAReadGave_UntilItIsOverruled_AndReadsStayInOrder()
    {
        var (first, second, third, fourth) = (account.BeginRead(), account.BeginRead(), account.BeginRead(), account.BeginRead());

        using (Assert.EnterMultipleScope())
        {
            Assert.That((account.GivesPlan, account.TryWrite(second, givesPlan: false), account.GivesPlan), Is.EqualTo((false, true, false)));
            Assert.That(account.TryWrite(first, givesPlan: true), Is.False);
            Assert.That((account.TryWrite(third, givesPlan: true), account.GivesPlan), Is.EqualTo((true, true)));
            account.Overrule();
            account.Overrule();
            Assert.That((account.GivesPlan, account.TryWrite(third, givesPlan: true)), Is.EqualTo((false, false)));
            Assert.That((account.TryWrite(fourth, givesPlan: true), account.GivesPlan), Is.EqualTo((true, true)));
        }
    }

    [Test]
    public void APlanThatAReadGave_StaysItsWhereALaterOneGivesNone()
    {
        account.TryWrite(account.BeginRead(), givesPlan: true);
        account.TryWrite(account.BeginRead(), givesPlan: false);
        Assert.That((account.GivesPlan, account.LastWritten), Is.EqualTo((true, 2L)));
    }

    [Test]
    public void Overrule_OfAnAccountThatNeverWrote_ChangesNothing()
    {
        account.Overrule();
        Assert.That(account.LastWritten, Is.Zero);
    }

    [Test]
    public void TryWrite_OfAReadThatNeverBegan_IsABug() =>
        Assert.That(() => account.TryWrite(1, givesPlan: true), Throws.InstanceOf<ArgumentOutOfRangeException>());
}
