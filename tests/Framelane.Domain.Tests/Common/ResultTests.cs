using Framelane.Domain.Common;

namespace Framelane.Domain.Tests.Common;

public sealed class ResultTests
{
    [Test]
    public void AValue_IsASuccess()
    {
        Result<int> result = 7;

        using (Assert.EnterMultipleScope())
        {
            Assert.That(result.IsSuccess, Is.True);
            Assert.That(result.Value, Is.EqualTo(7));
            Assert.That(result.Error, Is.Null);
            Assert.That(Result<int>.FromT(7), Is.EqualTo(result));
        }
    }

    [Test]
    public void AnError_IsNone()
    {
        var error = Error.NotFound("Webhook");
        Result<int> result = error;

        using (Assert.EnterMultipleScope())
        {
            Assert.That(result.IsSuccess, Is.False);
            Assert.That(result.Error, Is.SameAs(error));
            Assert.That(Result<int>.FromError(error), Is.EqualTo(result));
        }
    }

    [Test]
    public void Errors_CarryTheContractsCodeAndSentence()
    {
        using (Assert.EnterMultipleScope())
        {
            Assert.That(Error.NotFound("Webhook"), Is.EqualTo(new Error("not_found", "Webhook not found.")));
            Assert.That(Error.Conflict("No."), Is.EqualTo(new Error("conflict", "No.")));
        }
    }
}
