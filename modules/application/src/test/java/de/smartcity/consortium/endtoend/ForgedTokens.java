package de.smartcity.consortium.endtoend;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSSigner;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.KeyUse;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jose.util.Base64URL;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.PlainJWT;
import com.nimbusds.jwt.SignedJWT;
import java.text.ParseException;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Map;

/** Tokens that Keycloak never issued: each makes the account of a genuine one an admin of the organisation of a target. */
final class ForgedTokens {

    private final SignedJWT genuine;
    private final SignedJWT ofAnotherRealm;
    private final RSAKey published;
    private final RSAKey own;

    /**
     * @param genuine an access token of the attacker
     * @param ofAnotherRealm a token of the same Keycloak
     * @param keys the realm's public keys, as it publishes them
     */
    ForgedTokens(String genuine, String ofAnotherRealm, String keys) {
        try {
            this.genuine = SignedJWT.parse(genuine);
            this.ofAnotherRealm = SignedJWT.parse(ofAnotherRealm);
            this.published = JWKSet.parse(keys).getKeys().stream()
                    .filter(key -> KeyUse.SIGNATURE.equals(key.getKeyUse()))
                    .findFirst()
                    .orElseThrow()
                    .toRSAKey();
            this.own = new RSAKeyGenerator(2048).keyID(published.getKeyID()).generate();
        } catch (ParseException | JOSEException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private JWTClaimsSet claims(Target target) {
        try {
            return new JWTClaimsSet.Builder(genuine.getJWTClaimsSet())
                    .expirationTime(Date.from(Instant.now().plusSeconds(300)))
                    .claim(
                            "organization",
                            Map.of(
                                    target.alias(),
                                    Map.of(
                                            "id",
                                            target.organisation(),
                                            "resource_access",
                                            Map.of("consortium-api", Map.of("roles", List.of("partner-admin"))))))
                    .build();
        } catch (ParseException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    String withTheOldSignature(Target target) {
        return joined(genuine.getHeader().toBase64URL(), target, genuine.getSignature());
    }

    /** It names this realm's key: for one that names an unknown key the service may have to ask Keycloak, which it does not do at any time. */
    String withTheSignatureOfAnotherRealm(Target target) {
        return joined(genuine.getHeader().toBase64URL(), target, ofAnotherRealm.getSignature());
    }

    private String joined(Base64URL header, Target target, Base64URL signature) {
        return header + "." + claims(target).toPayload().toBase64URL() + "." + signature;
    }

    String unsigned(Target target) {
        return new PlainJWT(claims(target)).serialize();
    }

    /** For a service that takes the algorithm from the token, and the public key for a shared target. */
    String signedWithThePublishedKey(Target target) {
        try {
            var header = new JWSHeader.Builder(JWSAlgorithm.HS256)
                    .keyID(published.getKeyID())
                    .build();
            return signed(
                    header, target, new MACSigner(published.toRSAPublicKey().getEncoded()));
        } catch (JOSEException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    String signedWithAnOwnKeyOfTheSameName(Target target) {
        return signedWithAnOwnKey(new JWSHeader.Builder(JWSAlgorithm.RS256).keyID(published.getKeyID()), target);
    }

    /** For a service that verifies with the key that the token brings. */
    String signedWithAnEmbeddedKey(Target target) {
        return signedWithAnOwnKey(new JWSHeader.Builder(JWSAlgorithm.RS256).jwk(own.toPublicJWK()), target);
    }

    private String signedWithAnOwnKey(JWSHeader.Builder header, Target target) {
        try {
            return signed(header.build(), target, new RSASSASigner(own));
        } catch (JOSEException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private String signed(JWSHeader header, Target target, JWSSigner signer) throws JOSEException {
        var token = new SignedJWT(header, claims(target));
        token.sign(signer);
        return token.serialize();
    }
}
