using System.Globalization;
using System.Text;
using Framelane.Domain.Signups;
using Framelane.Domain.Workspaces;
using Microsoft.Extensions.Time.Testing;

namespace Framelane.Domain.Tests.Signups;

public sealed class SignupTests
{
    static readonly EmailAddress Zoe = EmailAddress.FromChecked("Zoe@example.com");

    static readonly byte[] Right = Digest("right");

    static readonly byte[] Wrong = Digest("wrong");

    readonly FakeTimeProvider clock = Given.Clock();

    DateTimeOffset Now => clock.GetUtcNow();

    [Test]
    public void The_right_code_in_time_verifies_the_workspace_that_waits()
    {
        var (signup, workspace) = Pending();
        clock.Advance(Signup.CodeLifetime - TimeSpan.FromSeconds(1));

        using (Assert.EnterMultipleScope())
        {
            Assert.That(signup.Try(Right, Now), Is.True);
            Assert.That(signup.Complete(Right, Now), Is.EqualTo(workspace.Id));
        }
    }

    [Test]
    public void A_code_is_used_once()
    {
        var (signup, _) = Pending();
        signup.Complete(Right, Now);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(signup.Try(Right, Now), Is.False);
            Assert.That(signup.Complete(Right, Now), Is.Null);
            Assert.That((signup.WorkspaceId, signup.Recipient, signup.CodeDigest), Is.EqualTo(((WorkspaceId?)null, (EmailAddress?)null, (byte[]?)null)));
        }
    }

    [Test]
    public void A_code_lives_15_minutes()
    {
        var (signup, _) = Pending();
        clock.Advance(TimeSpan.FromMinutes(15));

        Assert.That((signup.Try(Right, Now), signup.Complete(Right, Now)), Is.EqualTo((false, (WorkspaceId?)null)));
    }

    [TestCase(4, true)]
    [TestCase(5, false)]
    public void A_code_has_5_tries_the_right_one_included(int wrongOnes, bool right)
    {
        var (signup, _) = Pending();
        for (var i = 0; i < wrongOnes; i++)
            Assert.That(signup.Try(Wrong, Now), Is.False);

        Assert.That(signup.Try(Right, Now), Is.EqualTo(right));
    }

    [Test]
    public void A_new_code_has_tries_of_its_own_and_ends_the_former()
    {
        var (signup, _) = Pending();
        for (var i = 0; i < 5; i++)
            signup.Try(Wrong, Now);
        var next = Digest("next");

        using (Assert.EnterMultipleScope())
        {
            Assert.That(signup.IssueCode(next, Now), Is.True);
            Assert.That(signup.Try(Right, Now), Is.False);
            Assert.That(signup.Try(next, Now), Is.True);
        }
    }

    [Test]
    public void What_others_tried_before_there_was_a_code_counts_for_nothing()
    {
        var signup = Blank();
        for (var i = 0; i < 9; i++)
            signup.Try(Right, Now);
        Begin(signup);
        signup.IssueCode(Right, Now);

        Assert.That(signup.Try(Right, Now), Is.True);
    }

    [Test]
    public void A_new_sign_up_ends_the_former_and_its_code()
    {
        var (signup, former) = Pending();
        var next = Begin(signup);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(signup.WorkspaceId, Is.EqualTo(next.Id).And.Not.EqualTo(former.Id));
            Assert.That(signup.Try(Right, Now), Is.False);
            Assert.That(signup.Complete(Right, Now), Is.Null);
        }
    }

    [Test]
    public void An_address_gets_5_mails_in_any_24_hours_codes_and_others_together()
    {
        var (signup, _) = Pending();
        clock.Advance(TimeSpan.FromHours(23));
        Begin(signup);
        Assert.That(signup.Notify(Now), Is.True);
        for (var i = 0; i < 3; i++)
            Assert.That(signup.IssueCode(Right, Now), Is.True);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(signup.IssueCode(Wrong, Now), Is.False);
            Assert.That(signup.Notify(Now), Is.False);
            Assert.That(signup.Try(Right, Now), Is.True, "the last code that was sent still counts");
            clock.Advance(TimeSpan.FromHours(1));
            Assert.That(signup.IssueCode(Wrong, Now), Is.True, "the first one is a day old");
            Assert.That(signup.IssueCode(Wrong, Now), Is.False, "the others are an hour old");
            Assert.That(signup.MailedAt, Has.Count.EqualTo(5));
        }
    }

    [Test]
    public void An_address_that_nobody_signed_up_with_gets_no_code_and_has_none()
    {
        var signup = Blank();

        using (Assert.EnterMultipleScope())
        {
            Assert.That(signup.IssueCode(Right, Now), Is.False);
            Assert.That(signup.Try(Right, Now), Is.False);
            Assert.That(signup.Try(new byte[32], Now), Is.False);
            Assert.That(signup.Complete(new byte[32], Now), Is.Null);
            Assert.That(signup.MailedAt, Is.Empty);
        }
    }

    [Test]
    public void After_a_week_nothing_can_be_verified_any_more()
    {
        var (signup, workspace) = Pending();
        clock.Advance(TimeSpan.FromDays(7) - TimeSpan.FromMinutes(1));
        Assert.That(signup.IssueCode(Right, Now), Is.True);
        clock.Advance(TimeSpan.FromMinutes(1));

        using (Assert.EnterMultipleScope())
        {
            Assert.That(workspace.VerifyBy, Is.EqualTo(Now));
            Assert.That(signup.Try(Right, Now), Is.False);
            Assert.That(signup.Complete(Right, Now), Is.Null);
            Assert.That(signup.IssueCode(Right, Now), Is.False);
        }
    }

    [Test]
    public void Whatever_is_asked_is_written()
    {
        var signup = Blank();
        signup.Try(Wrong, Now);
        signup.IssueCode(Wrong, Now);
        signup.Notify(Now);
        Begin(signup);

        Assert.That(signup.Revision, Is.EqualTo(4));
    }

    [Test]
    public void It_is_kept_a_day_after_the_last_question_and_as_long_as_something_waits()
    {
        var blank = Blank();
        var (pending, workspace) = Pending();
        clock.Advance(TimeSpan.FromHours(5));
        blank.Try(Wrong, Now);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(blank.ForgetAt, Is.EqualTo(Now.AddDays(1)));
            Assert.That(pending.ForgetAt, Is.EqualTo(workspace.VerifyBy));
        }
    }

    [Test]
    public void Only_a_workspace_that_waits_can_sign_up() =>
        Assert.That(() => Blank().Begin(Given.Workspace(), Zoe, Now), Throws.ArgumentException);

    Signup Blank() => Signup.Of(SignupId.New(Now), Zoe, Now);

    Workspace Begin(Signup signup)
    {
        var workspace = Workspace.SignUp(WorkspaceId.New(Now), "Studio", Zoe, Plan.Pro, Given.Sealed(1), Now);
        signup.Begin(workspace, Zoe, Now);
        return workspace;
    }

    (Signup Signup, Workspace Workspace) Pending()
    {
        var signup = Blank();
        var workspace = Begin(signup);
        Assert.That(signup.IssueCode(Right, Now), Is.True);
        return (signup, workspace);
    }

    static byte[] Digest(string text) => Encoding.ASCII.GetBytes(text.PadRight(32, '-').ToUpper(CultureInfo.InvariantCulture));
}
