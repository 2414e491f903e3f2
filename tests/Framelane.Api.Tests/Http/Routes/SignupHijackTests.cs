namespace Framelane.Api.Tests.Http.Routes;

/// <summary>Somebody signs up with an address that is not his.</summary>
public sealed class SignupHijackTests : SignupTests
{
    [Test]
    public async Task His_key_never_comes_to_life_once_the_owner_signs_up()
    {
        var address = NewAddress("owner");
        var strangers = await SignUpAsync(address, "Evil");
        var strangersCode = await Host.CodeAsync(address);
        var owners = await SignUpAsync(address.ToUpperInvariant().Replace("EXAMPLE.COM", "example.com", StringComparison.Ordinal), "Mine");
        var mails = await Host.MailsAsync((string)owners.Json["workspace"]!["email"]!);
        var withOldCode = await VerifyAsync(address, strangersCode);
        var verified = await VerifyAsync(address, Outbox.CodeIn(mails.Single())!);

        Assert.Multiple(async () =>
        {
            Assert.That(mails.Single().TextBody, Does.Contain("\"Mine\"").And.Not.Contain("Evil"));
            Assert.That((withOldCode.Status, withOldCode.Code), Is.EqualTo((422, "validation_error")));
            Assert.That((string?)verified.Json["workspace"]!["id"], Is.EqualTo((string?)owners.Json["workspace"]!["id"]));
            Assert.That((await UseAsync(owners)).Status, Is.EqualTo(200));
            Assert.That((await UseAsync(strangers)).Code, Is.EqualTo("email_not_verified"));
        });
    }

    [Test]
    public async Task The_owner_is_told_which_workspace_a_code_is_for()
    {
        var address = NewAddress("owner");
        await SignUpAsync(address, "Evil");

        Assert.That((await Host.MailsAsync(address)).Single().TextBody, Does.Contain("\"Evil\"").And.Contain("If you did not sign up"));
    }

    [Test]
    public async Task After_the_owner_has_verified_he_gets_nothing_and_the_owner_hears_of_it()
    {
        var address = NewAddress("owner");
        var owners = await MakeVerifiedAsync(address);
        var strangers = await SignUpAsync(address, "Evil");
        await ResendAsync(address);
        var mails = await Host.MailsAsync(address);

        Assert.Multiple(async () =>
        {
            Assert.That(mails, Has.Count.EqualTo(2));
            Assert.That(Outbox.CodeIn(mails[1]), Is.Null);
            Assert.That(mails[1].TextBody, Does.Not.Contain("Evil"));
            Assert.That((await VerifyAsync(address, Outbox.CodeIn(mails[0])!)).Status, Is.EqualTo(422));
            Assert.That((await UseAsync(strangers)).Code, Is.EqualTo("email_not_verified"));
            Assert.That((await UseAsync(owners)).Status, Is.EqualTo(200));
        });
    }

    [Test]
    public async Task A_code_for_one_address_verifies_no_other()
    {
        var (mine, yours) = (NewAddress("mine"), NewAddress("yours"));
        await SignUpAsync(mine);
        await SignUpAsync(yours);
        var (code, other) = (await Host.CodeAsync(mine), await Host.CodeAsync(yours));

        Assume.That(code, Is.Not.EqualTo(other));
        Assert.That((await VerifyAsync(yours, code)).Status, Is.EqualTo(422));
        Assert.That((await VerifyAsync(yours, other)).Status, Is.EqualTo(200));
    }
}
