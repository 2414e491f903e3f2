using Framelane.Infrastructure.Tests.Signing;

namespace Framelane.Infrastructure.Tests.Dispatch;

static class SignedBy
{
    /// <summary>That both signatures are those of exactly these secrets, in this order, over the bytes that came; by a receiver's own computation.</summary>
    public static void Assert(Received request, params string[] secrets)
    {
        var t = request["webhook-timestamp"];
        NUnit.Framework.Assert.Multiple(() =>
        {
            NUnit.Framework.Assert.That(
                request["Framelane-Signature"],
                Is.EqualTo($"t={t},{string.Join(',', secrets.Select(secret => $"v1={KnownSecrets.V1(secret, t, request.Body)}"))}"));
            NUnit.Framework.Assert.That(
                request["webhook-signature"],
                Is.EqualTo(string.Join(' ', secrets.Select(secret => KnownSecrets.Standard(secret, request.EventId, t, request.Body)))));
        });
    }
}
