using System.Reflection;
using System.Text.Json;
using Framelane.Domain.ApiKeys;
using Framelane.Domain.Audit;
using Framelane.Domain.Identities;
using Framelane.Domain.Workspaces;

namespace Framelane.Domain.Tests;

/// <summary>Every way in which a value ends up in a log by accident: its text, a record's text around it, its properties, an exception.</summary>
public sealed class SecretsAreNeverPrintedTests
{
    static readonly SigningSecret Signing = SigningSecret.Generate();
    static readonly ApiKeySecret Key = ApiKeySecret.Generate();
    static readonly SessionToken Session = SessionToken.TryParse("aGVhZGVy.cGF5bG9hZA.c2lnbmF0dXJl")!;

    sealed record Envelope(SigningSecret Signing, ApiKeySecret Key);

    [Test]
    public void ToString_IsStars()
    {
        using (Assert.EnterMultipleScope())
        {
            Assert.That(Signing.ToString(), Is.EqualTo("***"));
            Assert.That(Key.ToString(), Is.EqualTo("***"));
            Assert.That(Session.ToString(), Is.EqualTo("***"));
            Assert.That($"{Signing,4}{Key,4}", Is.EqualTo(" *** ***"));
        }
    }

    [Test]
    public void ARecordAroundThem_PrintsStars() =>
        Assert.That(new Envelope(Signing, Key).ToString(), Is.EqualTo("Envelope { Signing = ***, Key = *** }"));

    [Test]
    public void Serialised_TheyShowNothing()
    {
        var json = JsonSerializer.Serialize(new Envelope(Signing, Key));

        using (Assert.EnterMultipleScope())
        {
            Assert.That(json, Does.Not.Contain(Key.Reveal()[ApiKeySecret.ShownLength..]));
            Assert.That(JsonDocument.Parse(json).RootElement.GetProperty("Signing").EnumerateObject(), Is.Empty);
        }
    }

    [Test]
    public void ASigningSecret_HasNoPropertyThatALoggerCouldTakeApart() => Assert.That(
        typeof(SigningSecret).GetProperties(BindingFlags.Public | BindingFlags.Instance).Select(property => property.Name)
            .Concat(typeof(SigningSecret).GetFields(BindingFlags.Public | BindingFlags.Instance).Select(field => field.Name)),
        Is.Empty);

    [Test]
    public void FromRevealed_OfAWrongText_SaysNothingOfIt()
    {
        var almost = Signing.Reveal()[..^2];

        Assert.That(
            () => SigningSecret.FromRevealed(almost),
            Throws.TypeOf<FormatException>().With.Message.EqualTo("Not a signing secret.").And.InnerException.Null);
    }

    [Test]
    public void ASealedSecret_PrintsItsEpochAlone() =>
        Assert.That(new SealedSecret("ciphertext"u8.ToArray(), 7).ToString(), Is.EqualTo("sealed at epoch 7"));

    [Test]
    public void RotationEvents_HoldNothingOfTheSecrets()
    {
        var held = typeof(IEpochRaised).Assembly.GetTypes()
            .Where(type => type.IsAssignableTo(typeof(IEpochRaised)) && type.IsClass)
            .SelectMany(type => type.GetProperties(BindingFlags.Public | BindingFlags.Instance))
            .Select(property => property.PropertyType)
            .Distinct();

        Assert.That(held, Is.EquivalentTo(new[] { typeof(WorkspaceId), typeof(long), typeof(DateTimeOffset?), typeof(ApiKeyId) }));
    }

    [Test]
    public void AnAuditEntry_HasNoRoomForASecret() => Assert.That(
        typeof(AuditEntry).GetProperties().Select(property => property.Name),
        Is.EquivalentTo(new[] { "Id", "WorkspaceId", "Action", "TargetId", "ApiKeyId", "Subject", "Address", "CreatedAt" }));
}
